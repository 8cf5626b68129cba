"""What the templates of lists ask of a `Listing`."""

from typing import Any

from django import template

from cxc.web.listing import Listing
from cxc.web.listing.late import cells

register = template.Library()


@register.inclusion_tag("components/listing/late_tasks.html", takes_context=True)
def late_row(context: dict[str, Any], listing: Listing, row: Any) -> dict[str, Any]:
    """Beneath a row, across its columns: what is late on it, where the list is narrowed down to that."""
    tasks = [(list(cells(task)), task.button) for task in row.late]
    return {"tasks": tasks, "columns": len(listing.page_columns), "request": context["request"]}
