"""The CV or brochure of who one is matched with."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cxc.access.guards import PortalRequest, signed_in
from cxc.web.uploads import send_file
from matching.queries.contacts import may_see_contacts
from profiles.models import Profile


@signed_in
@require_GET
def brochure(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The file of a profile, for its own side and, once matched, the other; never the observer."""
    found = get_object_or_404(Profile.objects.select_related("brochure"), pk=pk)
    if found.brochure is None or not may_see_contacts(request.actor, found):
        raise Http404
    return send_file(found.brochure)
