"""What somebody sent before they confirmed who they are, to be sent now."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cxc.access.confirmed_identity import kept_request
from cxc.access.guards import PortalRequest, signed_in


@signed_in
@require_GET
def confirmed(request: PortalRequest) -> HttpResponseBase:
    """The form as it was sent, with a button: nothing is done before that is pressed."""
    found = kept_request(request)
    if found is None:
        return redirect("todo")
    return render(request, "confirmed.html", {"kept": found, "path": found["path"].partition("?")[0]})
