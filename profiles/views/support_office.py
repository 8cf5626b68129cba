"""What only the Support Office does with organisations and profiles, each with a form of its own."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import may_see
from cxc.web.uploads import send_file
from cxc.workflow import NotAllowed, Refused, perform
from profiles.forms.support_office import ExceptionForm, ReassignForm
from profiles.models import EligibilityException, Organisation, Profile
from profiles.services.eligibility_exceptions import record_exception
from profiles.services.permissions import require_support_office

PAGE = "profiles/support_office_form.html"


@signed_in
@require_http_methods(["GET", "POST"])
def exception(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Record that an SME without a cluster may host."""
    found: Organisation = Organisation.objects.get_for(request.actor, pk=pk)
    require_support_office(request.actor)
    form = ExceptionForm(request.POST or None, request.FILES or None)
    context = {"thing": found, "form": form, "title": _("Record an exception"), "button": _("Record")}
    if request.method == "POST" and form.is_valid():
        try:
            record_exception(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            messages.success(request, _("Recorded."))
            return redirect(found.get_absolute_url())
    return render(request, PAGE, context, status=400 if request.method == "POST" else 200)


@signed_in
@require_GET
def exception_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """The file of an exception, for who may see the organisation and its members."""
    found = get_object_or_404(EligibilityException.objects.select_related("organisation", "file"), pk=pk)
    organisation: Organisation = Organisation.objects.get_for(request.actor, pk=found.organisation_id)
    if not may_see(request.actor, organisation, "members"):
        raise NotAllowed(_("This file is for the organisation, its Partnership and the Support Office."))
    return send_file(found.file)


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def reassign(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Move a profile to another Partnership, with the reason."""
    found: Profile = Profile.objects.with_display_relations().get_for(request.actor, pk=pk)
    require_support_office(request.actor)
    form = ReassignForm(request.POST or None, profile=found)
    context = {"thing": found, "form": form, "title": _("Move to another Partnership"), "button": _("Move")}
    if request.method == "POST" and form.is_valid():
        chosen, reason = form.cleaned_data["partnership"], form.cleaned_data["reason"]
        try:
            perform(found, "reassign", by=request.actor, reason=reason, partnership=chosen)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            messages.success(request, _("Moved to %(partnership)s.") % {"partnership": chosen})
            return redirect(found.get_absolute_url())
    return render(request, PAGE, context, status=400 if request.method == "POST" else 200)
