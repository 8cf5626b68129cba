"""What the template of the workspace asks: heads of columns, and cells."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cxc.web.listing.table import sort_head
from exchanges.presenters.workspace.grid import NAME, Cell, Row, Turn
from exchanges.presenters.workspace.steps import STEPS

register = template.Library()


@register.simple_tag(takes_context=True)
def workspace_head(context: dict[str, Any], code: str, label: Any) -> SafeString:
    """The head of a column of the workspace: its link sorts the visitors by how far they are."""
    query = context["request"].GET.copy()
    now = query.get("sort", NAME)
    query["sort"] = f"-{code}" if now == code else code
    direction = {code: "ascending", f"-{code}": "descending"}.get(now, "")
    return sort_head(label, f"?{query.urlencode()}#exchanges", direction)


@register.simple_tag
def workspace_cells(row: Row) -> SafeString:
    """The cells of one visitor. Made here, because a template would take four times as long for each of hundreds."""
    return mark_safe("".join(map(_cell, row.cells)))


def _cell(cell: Cell) -> str:
    if cell.state is None:
        return _HIDDEN
    turn = _turn(cell.turn) if cell.turn else ""
    return f"{_opening(cell.look, cell.step.code, get_language())}{escape(cell.state.text)}{turn}</td>"


@lru_cache(maxsize=1024)
def _opening(look: str, code: str, _language: str | None) -> str:
    """There are few of them, and hundreds of cells."""
    label = next(step.label for step in STEPS if step.code == code)
    return format_html('<td class="cell cell-{}" data-label="{}">', look, label)


def _turn(turn: Turn) -> SafeString:
    """Whose turn it is, since when; late."""
    since = _("since %(day)s") % {"day": date_format(turn.since, "MONTH_DAY_FORMAT")} if turn.since else ""
    late = format_html(' <strong class="late">{}</strong>', _("late")) if turn.is_late else ""
    return format_html(
        '<span class="turn{}">{}{}</span>',
        " turn-mine" if turn.is_mine else "",
        " · ".join(filter(None, (turn.who, since))),
        late,
    )


_HIDDEN = SafeString('<td class="cell cell-hidden"></td>')
