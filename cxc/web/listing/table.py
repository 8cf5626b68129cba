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
