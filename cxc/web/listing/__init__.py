"""Lists whose filter, order and page stand in the address, and which can be taken along as a file.

A list is a `ListFilter` (what it can be narrowed down by), `Column`s (each drives the page's table, the order and the
file), a `Layout` (how it is shown) and a view that calls `show` with the rows that the person may see.
"""

from cxc.web.listing.columns import Column
from cxc.web.listing.filters import ListFilter, days_filter, late_filter
from cxc.web.listing.listing import Layout, Listing
from cxc.web.listing.page import show

__all__ = ["Column", "Layout", "ListFilter", "Listing", "days_filter", "late_filter", "show"]
