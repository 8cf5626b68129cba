"""Bookmarks: buttons that come back to where they were pressed."""

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cxc.access.guards import PortalRequest, signed_in
from cxc.web.back_links import back_address
from matching.queries import catalogue as queries
from matching.services import bookmarks


@signed_in
@require_POST
def bookmark(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Put a bookmark (`on`), or take it out."""
    profile = queries.get_readable_profile(request.actor, pk)
    change = bookmarks.bookmark if request.POST.get("on") else bookmarks.unbookmark
    change(profile=profile, by=request.actor)
    return redirect(back_address(request))
