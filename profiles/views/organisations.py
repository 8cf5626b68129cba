"""Organisations: registered, shown, edited."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import may_see
from cxc.web.form_drafts.restore import differences
from cxc.workflow import NotAllowed, Refused, Stale
from cxc.workflow.merge import Baseline, write_merged
from profiles.forms.organisations import IdentityForm, OrganisationForm, RegisterForm, VersionedForm
from profiles.models import Organisation, Profile
from profiles.queries.generations import default_generation, open_generations
from profiles.queries.principals import SESSION_KEY, acting_organisation, actor_of
from profiles.services import organisations, profiles
from profiles.services.permissions import may_agree_to_public_name, may_edit, may_manage

# The session's key for the answers of the eligibility check, from which forms take their initial values.
ELIGIBILITY_ANSWERS = "eligibility-check"


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: PortalRequest) -> HttpResponseBase:
    """Register an organisation; a similar one is told first."""
    if request.method == "GET":
        form = RegisterForm(initial=request.session.get(ELIGIBILITY_ANSWERS, {}))
        return render(request, "profiles/organisation_new.html", {"form": form})
    form = RegisterForm(request.POST, similar_found="register_anyway" in request.POST)
    if not form.is_valid():
        return render(request, "profiles/organisation_new.html", {"form": form}, status=400)
    fields = dict(form.cleaned_data)
    first_profile_kind = fields.pop("first_profile_kind", "")
    try:
        made = organisations.register(by=request.actor, register_anyway=fields.pop("register_anyway", False), **fields)
    except organisations.SimilarOrganisations as similar:
        again = RegisterForm(request.POST, similar_found=True)
        return render(request, "profiles/organisation_new.html", {"form": again, "similar": similar}, status=409)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return render(request, "profiles/organisation_new.html", {"form": form}, status=400)
    request.session[SESSION_KEY] = f"organisation-{made.pk}"
    messages.success(request, _("%(name)s is registered. You are its owner.") % {"name": made})
    return (
        _first_profile(request, made, first_profile_kind) if first_profile_kind else redirect(made.get_absolute_url())
    )


def _first_profile(request: PortalRequest, made: Organisation, kind: str) -> HttpResponseBase:
    """On to a profile of that kind in the default generation of those that take some, without a page in between."""
    generation = default_generation(open_generations())
    if generation is None:
        return redirect(made.get_absolute_url())
    assert request.actor.user is not None
    owner = actor_of(request.actor.user, request.session[SESSION_KEY])
    started = profiles.start(organisation=made, kind=kind, generation=generation, by=owner)
    return redirect("profile-step", pk=started.profile.pk, slug="exchange")


@signed_in
@require_GET
def mine(request: PortalRequest) -> HttpResponseBase:
    """The organisation one acts for; without one, where to begin."""
    found = acting_organisation(request.actor)
    return redirect(found.get_absolute_url() if found else "welcome")


@signed_in
@require_GET
def page(request: PortalRequest, pk: int) -> HttpResponseBase:
    """An organisation: facts, members, profiles."""
    found: Organisation = Organisation.objects.select_related("country", "sector", "cluster").get_for(
        request.actor, pk=pk
    )
    shows_members = may_see(request.actor, found, "members")
    context = {
        "organisation": found,
        "may_edit": may_edit(request.actor, found),
        "may_manage": may_manage(request.actor, found),
        "may_change_identity": request.actor.may_write and may_see(request.actor, found, "identity"),
        "members": found.memberships.select_related("user") if shows_members else None,
        "exceptions": found.exceptions.select_related("generation"),
        "profiles": Profile.objects.visible_to(request.actor).with_display_relations().filter(organisation=found),
    }
    return render(request, "profiles/organisation.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Name, place, number, mission: what eligibility does not depend on."""
    found: Organisation = Organisation.objects.get_for(request.actor, "edit", pk=pk)
    if not may_edit(request.actor, found):
        raise NotAllowed(_("Only owners and editors may change the organisation."))
    may_agree = may_agree_to_public_name(request.actor, found)
    form = OrganisationForm(request.POST or None, instance=found, may_agree=may_agree)
    return _edit(request, found, form, identity=False)


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def identity(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Kind, country, cluster: changed with a reason, on every live profile."""
    found: Organisation = Organisation.objects.get_for(request.actor, "identity", pk=pk)
    if not request.actor.may_write:
        raise NotAllowed(_("Only owners and editors may change the organisation."))
    return _edit(request, found, IdentityForm(request.POST or None, instance=found), identity=True)


def _edit(request: PortalRequest, found: Organisation, form: VersionedForm, *, identity: bool) -> HttpResponseBase:
    context = {"organisation": Organisation.objects.get(pk=found.pk), "form": form, "identity": identity}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return render(request, "profiles/organisation_edit.html", context, status=status)
    try:
        _write(request, found, form, identity=identity)
    except NotAllowed:
        raise
    except Stale as stale:
        context |= _conflict(form, stale)
        return render(request, "profiles/organisation_edit.html", context, status=409)
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return render(request, "profiles/organisation_edit.html", context, status=400)
    messages.success(request, _("Saved."))
    return redirect(found.get_absolute_url())


def _write(request: PortalRequest, found: Organisation, form: VersionedForm, *, identity: bool) -> None:
    """What was changed in this form; Stale where the same was changed elsewhere."""
    service = organisations.change_identity if identity else organisations.edit
    extra = {"reason": form.cleaned_data["reason"]} if identity else {}

    def write(version: int, changed: dict[str, Any]) -> None:
        service(found, by=request.actor, version_read=version, **extra, **changed)

    def current() -> Organisation:
        return Organisation.objects.select_related("edited_by").get(pk=found.pk)

    read = Baseline.sent(request.POST)
    write_merged(write, typed=form.edited_values(), current=current, baseline=read, by=request.user)


def _conflict(form: VersionedForm, stale: Stale) -> dict[str, Any]:
    """Both texts of each field that both have changed; what only they changed is in the form."""
    if stale.merged is None:
        raise stale
    found = differences(form, stale.merged, stale.mine)
    return {"theirs": stale.current, "differences": found, "sentence": stale.sentences[0]}
