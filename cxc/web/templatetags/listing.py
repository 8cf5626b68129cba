"""What the templates of lists ask of a `Listing`."""

from typing import Any

from django import template

from cxc.web.listing import Listing
from cxc.web.listing.late import cells

register = template.Library()


@register.inclusion_tag("components/listing/sort.html")
def sort_head(listing: Listing, name: str, label: Any) -> dict[str, Any]:
    """The head of a column by which the list can be ordered."""
    return {"label": label, "url": listing.sort_url(name), "direction": listing.direction(name)}


@register.inclusion_tag("components/listing/late_tasks.html", takes_context=True)
def late_row(context: dict[str, Any], listing: Listing, row: Any, columns: int) -> dict[str, Any]:
    """Beneath a row, across its columns: what is late on it, where the list is narrowed down to that."""
    tasks = [(list(cells(task)), task.button) for task in row.late] if listing.late else []
    return {"tasks": tasks, "columns": columns, "request": context["request"]}
