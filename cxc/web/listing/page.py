"""Answers a request for a list: the page, the file, a bulk action or a saved view."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from cxc.access.guards import PortalRequest
from cxc.web.bulk_start import begin_bulk_run
from cxc.web.exports import KINDS, download
from cxc.web.listing.listing import FILE, Layout, Listing
from cxc.web.listing.saved_views import SAVE, save_view, view_form
from cxc.web.saved_views.forms import SavedViewForm


def show(
    request: PortalRequest, layout: Layout, mine: QuerySet, *, counted: QuerySet | None = None, **context: Any
) -> HttpResponseBase:
    """The list as a page; with `format` in the address, as a file of all rows; by POST, a bulk action or a saved view.

    Where the filter can't be read, there is no file and no action: they would take more rows than were asked for.
    """
    listing, form = Listing(request, layout, mine, counted), view_form(request)
    if listing.is_valid and (other := _other_answer(listing, form)):
        return other
    if getattr(request, "htmx", False):  # the filter was unfolded
        return render(request, "components/listing/filter.html", {"listing": listing})
    status = 400 if request.GET.get(FILE) in KINDS or request.method == "POST" else 200
    shown = {"listing": listing, "filter": listing.filter, "page": listing.page, "title": layout.title, **context}
    return render(request, layout.template, {**shown, "view_form": form}, status=status)


def _other_answer(listing: Listing, form: SavedViewForm) -> HttpResponseBase | None:
    """What is no page: a file, the default view, and what follows a POST; None for a page."""
    request = listing.request
    if request.method == "POST" and SAVE in request.POST:
        return save_view(request, form, listing.layout.name, listing.query)
    if request.method == "POST":
        return begin_bulk_run(request, listing.filter.qs, next_url=listing.url, offered=listing.actions)
    if (kind := request.GET.get(FILE)) in KINDS:
        return _file(listing, kind)
    opens_with = None if request.GET else listing.default_view
    return redirect(opens_with) if opens_with else None


def _file(listing: Listing, kind: str) -> HttpResponseBase:
    columns = listing.file_columns
    rows = listing.rows_of_file()
    lines = ([column.value_of(row) for column in columns] for row in rows)
    try:
        return download([column.heading for column in columns], lines, name=listing.layout.name, kind=kind)
    except Exception:  # not all rows were read: nothing else may happen in their transaction
        rows.close()
        raise
