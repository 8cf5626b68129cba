"""The profile's form in steps: each saves itself while one types, and works without scripts too."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.scoped import Side, may_see, sides_of
from cxc.web.form_drafts import store
from cxc.workflow import AvailableTransition, NotAllowed, Refused, available_transitions
from profiles import links
from profiles.enums import ProfileState
from profiles.forms.clusters import NameClusterForm
from profiles.forms.steps import FIELD_OF, STEPS, Step, StepForm, step_of
from profiles.models import Profile
from profiles.requirements import missing_fields
from profiles.rules import eligibility_problem, has_to_name_cluster
from profiles.saving import Saving, may_save_while_typing, save_step
from profiles.services import profiles
from profiles.services.assignment import best_for

EDITABLE_STATES = (ProfileState.DRAFT, ProfileState.PUBLISHED)


@dataclass
class _Place:
    """Where in the form somebody is."""

    profile: Profile
    step: Step

    @property
    def number(self) -> int:
        return STEPS.index(self.step)

    @property
    def before(self) -> Step | None:
        return STEPS[self.number - 1] if self.number else None

    @property
    def after(self) -> Step | None:
        return STEPS[self.number + 1] if self.number + 1 < len(STEPS) else None


def _place(request: PortalRequest, pk: int, slug: str) -> _Place:
    """The profile to edit and the step; 404, 403 or a sentence where that can't be."""
    step = next((step for step in STEPS if slug == step.slug or slug in step.former), None)
    if step is None:
        raise Http404
    found: Profile = Profile.objects.with_faces().get_for(request.actor, pk=pk)
    writers = {Side.HOLDER, Side.PARTNERSHIP, Side.SO}
    if not request.actor.may_write or not sides_of(request.actor, found) & writers:
        raise NotAllowed(_("You may read this profile, not edit it."))
    if found.state not in EDITABLE_STATES:
        raise Refused(
            _("The profile is “%(state)s”: bring it back to draft to edit it.") % {"state": found.get_state_display()}
        )
    return _Place(found, step)


@signed_in
@require_http_methods(["GET", "POST"])
def step(request: PortalRequest, pk: int, slug: str) -> HttpResponseBase:
    """One step: shown, saved by its button, and on to the next; the last one submits too."""
    place = _place(request, pk, slug)
    if request.method == "GET":
        if slug != place.step.slug:
            return redirect("profile-step", pk=pk, slug=place.step.slug)
        return _show(request, place, place.step.form(instance=place.profile))
    form = place.step.form(request.POST, request.FILES, instance=place.profile)
    try:
        saving = _save(request, place, form)
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return _show(request, place, form, status=400)
    if saving is not None and saving.differences:
        return _show(request, place, form, saving, status=409)
    if not form.is_valid():
        return _show(request, place, _renewed(form, saving), status=400)
    return _go_on(request, place)


def _go_on(request: PortalRequest, place: _Place) -> HttpResponseBase:
    """Where the button that was pressed leads: submitted, the same step, the next, or the profile after the last."""
    if "submit" in request.POST and place.profile.state == ProfileState.DRAFT:
        return _submit(request, place.profile)
    if "stay" in request.POST:
        messages.success(request, _("Saved."))
        return redirect("profile-step", pk=place.profile.pk, slug=place.step.slug)
    if place.after is None:
        messages.success(request, _("Saved."))
        return redirect(place.profile.get_absolute_url())
    return redirect("profile-step", pk=place.profile.pk, slug=place.after.slug)


def _save(request: PortalRequest, place: _Place, form: StepForm) -> Saving | None:
    """Save what is good: all of it, and of a draft also while other fields have errors. None: nothing was saved."""
    if not form.is_valid() and not may_save_while_typing(place.profile):
        return None
    return save_step(place.profile, form, by=request.actor, whole=True)


def _renewed(form: StepForm, saving: Saving | None) -> StepForm:
    """The same form with the version that its good fields were just saved as."""
    if saving is not None and isinstance(form.data, QueryDict):
        data = form.data.copy()
        data["version_read"], data["base"] = str(saving.current_version), saving.base
        form.data = data
    return form


@signed_in
@require_POST
def autosave(request: PortalRequest, pk: int, slug: str) -> HttpResponseBase:
    """Save while one types; answers with a line that says when, or with both texts side by side."""
    place = _place(request, pk, slug)
    if not may_save_while_typing(place.profile):
        return render(request, "profiles/parts/saved.html", {"by_button": True})
    form = place.step.form(request.POST, instance=place.profile)
    form.is_valid()
    try:
        saving = save_step(place.profile, form, by=request.actor, whole=False)
    except Refused as refusal:
        return render(request, "profiles/parts/saved.html", {"refusal": refusal})
    errors = [(form.fields[name].label, found) for name, found in form.errors.items() if name in form.fields]
    store.erase(by=request.actor, address=reverse("profile-step", args=[pk, place.step.slug]))
    context = {"saving": saving, "at": clock.now(), "errors": errors, "place": place} | _facts(request, place)
    return render(request, "profiles/parts/saved.html", context)


def _show(
    request: PortalRequest, place: _Place, form: StepForm, saving: Saving | None = None, *, status: int = 200
) -> HttpResponseBase:
    context = {
        "place": place,
        "profile": place.profile,
        "steps": STEPS,
        "form": form,
        "saving": saving,
        "saves_itself": may_save_while_typing(place.profile),
    }
    return render(request, "profiles/steps/fields.html", context | _facts(request, place), status=status)


def _facts(request: PortalRequest, place: _Place) -> dict[str, object]:
    """What stands beside the fields: on the first step whether the organisation may take part, on the last what
    is still missing.
    """
    profile = place.profile
    if place.after is not None:
        return _eligibility(request, profile)
    fresh = Profile.objects.with_faces().get(pk=profile.pk)
    offer = next(
        (offer for offer in available_transitions(fresh, request.actor) if offer.transition.name == "submit"), None
    )
    choice = None if fresh.partnership_id or fresh.state != ProfileState.DRAFT else best_for(fresh)
    return {"offer": offer, "missing": _missing(fresh, offer, has_choice=choice is not None), "choice": choice}


def _eligibility(request: PortalRequest, profile: Profile) -> dict[str, object]:
    """Why the organisation can't take part, with the field in which its cluster is named where that is all."""
    found = profile.organisation
    problem = eligibility_problem(found, profile.kind, profile.generation)
    facts: dict[str, object] = {"problem": problem, "identity_address": links.identity(found)}
    if problem and has_to_name_cluster(found) and may_see(request.actor, found, "identity"):
        asked = found.cluster_requests.filter(answered_at__isnull=True).first()
        initial = {"cluster": asked.name, "cluster_unlisted": True} if asked else {}
        facts["cluster_form"] = NameClusterForm(initial=initial)
    return facts


def _missing(profile: Profile, offer: AvailableTransition | None, *, has_choice: bool) -> list[tuple[str, str]]:
    """What submitting still needs, each with the address of the very field."""
    found = []
    for need in [] if offer is None else offer.unmet:
        if need.name == "complete":
            found += [(label, _address(profile, name)) for name, label in missing_fields(profile).items()]
        elif need.anchor == "address":
            found.append((need.sentence, need.help.url))
        elif need.anchor != "partnership" or not has_choice:
            found.append((need.sentence, _address(profile, FIELD_OF.get(need.anchor, need.anchor))))
    return found


def _address(profile: Profile, field: str) -> str:
    """Where in the steps a field is filled in."""
    if not field:
        return ""
    anchor = field if field == "organisation" else f"div_id_{field}"
    return f"{reverse('profile-step', args=[profile.pk, step_of(field).slug])}#{anchor}"


@signed_in
@require_POST
def submit(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Submit what is saved; the portal assigns a Partnership where none was picked."""
    return _submit(request, Profile.objects.get_for(request.actor, pk=pk))


def _submit(request: PortalRequest, profile: Profile) -> HttpResponseBase:
    """Submitted; or the last step again, which lists what is missing."""
    try:
        profiles.submit(profile, by=request.actor)
    except NotAllowed:
        raise
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect(reverse("profile-step", args=[profile.pk, STEPS[-1].slug]) + "#missing")
    messages.success(request, _("Submitted: %(partnership)s looks at it now.") % {"partnership": profile.partnership})
    return redirect(profile.get_absolute_url())


@signed_in
@require_GET
def put_right(request: PortalRequest, pk: int, place: str) -> HttpResponseBase:
    """To the very field in which a missing thing is put right."""
    found: Profile = Profile.objects.get_for(request.actor, pk=pk)
    first = next(iter(missing_fields(found)), "title") if place == "profile" else FIELD_OF.get(place, place)
    return redirect(_address(found, first))
