"""What the templates of lists ask of a `Listing`."""

from typing import Any

from django import template

from cxc.web.listing import Listing

register = template.Library()


@register.inclusion_tag("components/listing/sort.html")
def sort_head(listing: Listing, name: str, label: Any) -> dict[str, Any]:
    """The head of a column by which the list can be ordered."""
    return {"label": label, "url": listing.sort_url(name), "direction": listing.direction(name)}
