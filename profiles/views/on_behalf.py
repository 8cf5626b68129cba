"""An organisation and its first profile, brought in by a Partnership or the Support Office."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Principal
from cxc.workflow import NotAllowed, Refused
from profiles.forms.on_behalf import OnBehalfForm
from profiles.services.on_behalf import register_with_profile
from profiles.services.organisations import SimilarOrganisations

PAGE = "profiles/organisation_new.html"


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def register(request: PortalRequest) -> HttpResponseBase:
    """Register, invite the owner, and go on with the profile."""
    if request.actor.principal not in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE} or not request.actor.may_write:
        raise NotAllowed(_("Only coordinators and the Support Office register on behalf."))
    form = OnBehalfForm(request.POST or None, similar_found="register_anyway" in request.POST)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return render(request, PAGE, {"form": form, "on_behalf": True}, status=status)
    fields = dict(form.cleaned_data)
    try:
        profile = register_with_profile(
            by=request.actor, register_anyway=fields.pop("register_anyway", False), **fields
        )
    except SimilarOrganisations as similar:
        again = OnBehalfForm(request.POST, similar_found=True)
        return render(request, PAGE, {"form": again, "similar": similar, "on_behalf": True}, status=409)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return render(request, PAGE, {"form": form, "on_behalf": True}, status=400)
    messages.success(request, _("Registered; %(email)s is invited as owner.") % {"email": fields["owner_email"]})
    return redirect("profile-step", pk=profile.pk, slug="exchange")
