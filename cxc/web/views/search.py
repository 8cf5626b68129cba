"""The search: its page, and the options that its dialog shows while one types. Nothing typed is logged or stored."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.web.site_search.sources import search

# Results of each source: on the page, and in the dialog.
ON_PAGE, IN_DIALOG = 20, 5


@signed_in
@rate_limited("search")
@require_safe
def page(request: PortalRequest) -> HttpResponse:
    """What is found for `q`, as a page that can be linked to and works without scripts."""
    found = search(request.GET.get("q", ""), request.actor, ON_PAGE)
    response = render(request, "search/page.html", {"found": found})
    # The next page's address is sent without what was typed here.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


@signed_in
@rate_limited("search")
@require_POST
def options(request: PortalRequest) -> HttpResponse:
    """The options of the dialog's list. The text comes in the body, because servers log addresses."""
    found = search(request.POST.get("q", ""), request.actor, IN_DIALOG)
    return render(request, "search/options.html", {"found": found})
