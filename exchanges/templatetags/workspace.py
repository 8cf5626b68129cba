"""What the template of the workspace asks: heads of columns, and cells."""

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchanges.presenters.workspace.grid import NAME, Cell, Row, Turn

register = template.Library()


@register.inclusion_tag("components/listing/sort.html", takes_context=True)
def workspace_head(context: dict[str, Any], code: str, label: Any) -> dict[str, Any]:
    """The head of a column of the workspace: its link sorts the visitors by how far they are."""
    query = context["request"].GET.copy()
    now = query.get("sort", NAME)
    query["sort"] = f"-{code}" if now == code else code
    direction = {code: "ascending", f"-{code}": "descending"}.get(now, "")
    return {"label": label, "url": f"?{query.urlencode()}#exchanges", "direction": direction}


@register.simple_tag
def workspace_cells(row: Row) -> SafeString:
    """The cells of one visitor. Made here, because a template would take four times as long for each of hundreds."""
    return format_html_join("", "{}", ((_cell(cell),) for cell in row.cells))


def _cell(cell: Cell) -> SafeString:
    if cell.state is None:
        return _HIDDEN
    return format_html(
        '<td class="cell cell-{}" data-label="{}">{}{}</td>',
        cell.look,
        cell.step.label,
        cell.state.text,
        _turn(cell.turn) if cell.turn else "",
    )


def _turn(turn: Turn) -> SafeString:
    """Whose turn it is, since when; late."""
    since = _("since %(day)s") % {"day": date_format(turn.since, "j M")} if turn.since else ""
    late = format_html(' <strong class="late">{}</strong>', _("late")) if turn.is_late else ""
    return format_html(
        '<span class="turn{}">{}{}</span>',
        " turn-mine" if turn.is_mine else "",
        " · ".join(filter(None, (turn.who, since))),
        late,
    )


_HIDDEN = SafeString('<td class="cell cell-hidden"></td>')
