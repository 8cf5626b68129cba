"""The table of a list as a page draws it: heads, and the cells of each row.

Cells are made and joined here, because a template for each of them takes far longer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cxc.access.guards import PortalRequest
from cxc.web.listing.columns import Column
from cxc.web.templatetags.portal import icon

_ARROWS = {"ascending": "arrow-up", "descending": "arrow-down"}
_EMPTY = "<td></td>"  # a phone's card leaves it out, with its heading


@dataclass(frozen=True)
class Head:
    """The head of a column.

    url        the list ordered by this column; empty where it can't be
    direction  how the list is ordered by it now, in the word of `aria-sort`
    """

    label: Any
    is_hidden: bool
    url: str
    direction: str

    @property
    def html(self) -> SafeString:
        """The cell. Made here, because a template for each head takes far longer."""
        if self.url:
            return sort_head(self.label, self.url, self.direction)
        hidden = format_html('<span class="visually-hidden">{}</span>', self.label)
        return format_html('<th scope="col">{}</th>', hidden if self.is_hidden else self.label)


def sort_head(label: Any, url: str, direction: str) -> SafeString:
    """A head whose link orders by its column; `direction`: of `aria-sort`, '' where it is not ordered by it now."""
    sorted_now = format_html(' aria-sort="{}"', direction) if direction else ""
    arrow = icon(_ARROWS[direction], 16) if direction else ""
    return format_html('<th scope="col"{}><a class="sort" href="{}">{}{}</a></th>', sorted_now, url, label, arrow)


def row_cells(
    columns: Sequence[Column], rows: Iterable[Any], request: PortalRequest
) -> Iterator[tuple[Any, SafeString]]:
    """Each row with its cells."""
    drawn = [(_opening(column), _content_of(column, request)) for column in columns]
    for row in rows:
        yield row, mark_safe("".join(_cell(opening, content(row)) for opening, content in drawn))


def _cell(opening: str, content: str) -> str:
    return f"{opening}{content}</td>" if content else _EMPTY


def _opening(column: Column) -> str:
    classes = format_html(' class="{}"', column.css_class) if column.css_class else ""
    label = "" if column.hide_heading else format_html(' data-label="{}"', column.heading)
    return f"<td{classes}{label}>"


def _content_of(column: Column, request: PortalRequest) -> Callable[[Any], str]:
    if not isinstance(column.cell, str):
        return column.html
    template = get_template(column.cell)
    context = {"actor": request.actor, "request": request, "csrf_token": get_token(request)}
    return lambda row: template.render({**context, "row": row}).strip()
