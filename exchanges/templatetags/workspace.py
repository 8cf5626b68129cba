"""What the template of the workspace asks: heads of columns, and cells."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cxc.web.listing.table import sort_head
from cxc.web.templatetags.portal import state_badge
from exchanges.presenters.workspace.grid import NAME, Cell, Row, Turn
from exchanges.presenters.workspace.steps import STEPS, day_text

register = template.Library()


@register.simple_tag(takes_context=True)
def workspace_head(context: dict[str, Any], code: str, label: Any) -> SafeString:
    """The head of a column of the workspace: its link sorts the visitors by how far they are."""
    query = context["request"].GET
    now = query.get("sort", NAME)
    others = urlencode([(name, value) for name, value in query.items() if name != "sort"])
    address = f"?{others}{'&' if others else ''}sort={'-' if now == code else ''}{code}#exchanges"
    return _head(str(label), address, {code: "ascending", f"-{code}": "descending"}.get(now, ""))


@register.filter
def as_row_fields(exchange_ids: Iterable[int]) -> SafeString:
    """The hidden fields by which a form names exchanges. Made here: a template takes longer for each."""
    return format_html_join("", '<input type="hidden" name="row" value="{}">', ((pk,) for pk in exchange_ids))


# The same heads are made for everybody who opens a visit.
_head = lru_cache(maxsize=512)(sort_head)


@register.simple_tag
def workspace_row(row: Row, has_boxes: bool) -> SafeString:
    """One visitor: box, name, state, steps. Made here, because a template would take four times as long for each.

    has_boxes  whether the reader selects rows for an action
    """
    name = escape(str(row.exchange.organisation))
    box = _box(row, name) if has_boxes else ""
    link = f'<a href="{row.exchange.get_absolute_url()}">{name}</a>' if row.may_open else name
    head = f'<th scope="row">{link} <small>{escape(str(row.exchange.vop))}</small></th>'
    state = f'<td data-label="{escape(_("State"))}">{state_badge(row.exchange)}</td>'
    language = get_language()
    cells = "".join(_cell(cell, language) for cell in row.cells)
    return mark_safe(f"<tr>{box}{head}{state}{cells}</tr>")


def _box(row: Row, name: str) -> str:
    """The cell with the box that selects the row; empty where the reader may not open the exchange."""
    attributes = f'form="bulk-form" name="row" value="{row.exchange.pk}" aria-label="{name}"'
    box = f'<input type="checkbox" class="form-check-input" {attributes}>' if row.may_open else ""
    return f'<td class="select-cell">{box}</td>'


def _cell(cell: Cell, language: str | None) -> str:
    if cell.state is None:
        return _HIDDEN
    turn = _turn(cell.turn, language) if cell.turn else ""
    return f"{_opening(cell.look, cell.step.code, language)}{escape(str(cell.state.text))}{turn}</td>"


@lru_cache(maxsize=1024)
def _opening(look: str, code: str, _language: str | None) -> str:
    """There are few of them, and hundreds of cells."""
    label = next(step.label for step in STEPS if step.code == code)
    return format_html('<td class="cell cell-{}" data-label="{}">', look, label)


@lru_cache(maxsize=1024)
def _turn(turn: Turn, _language: str | None) -> SafeString:
    """Whose turn it is, since when; late. Rows share most of them."""
    since = _("since %(day)s") % {"day": day_text(turn.since)} if turn.since else ""
    late = format_html(' <strong class="late">{}</strong>', _("late")) if turn.is_late else ""
    return format_html(
        '<span class="turn{}">{}{}</span>',
        " turn-mine" if turn.is_mine else "",
        " · ".join(filter(None, (turn.who, since))),
        late,
    )


_HIDDEN = SafeString('<td class="cell cell-hidden"></td>')
