"""The profile's form in steps: each saves itself while one types, and works without scripts too."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cxc import clock
from cxc.ground.access import Side, sides_of
from cxc.ground.moves import NotAllowed, Refused, offers
from cxc.ground.views import PortalRequest, signed_in
from profiles.enums import ProfileState
from profiles.forms.steps import STEPS, Step, StepForm
from profiles.models import Profile
from profiles.rules import eligibility_problem
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
    step = next((step for step in STEPS if step.slug == slug), None)
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
    """One step: shown, saved by its button, and on to the next."""
    place = _place(request, pk, slug)
    if place.step.form is None:
        return _without_form(request, place)
    if request.method == "GET":
        return _show(request, place, place.step.form(instance=place.profile))
    form = place.step.form(_kept_version(request), request.FILES, instance=place.profile)
    try:
        saving = _save(request, place, form)
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return _show(request, place, form, status=400)
    if saving is not None and saving.differences:
        return _show(request, place, form, saving, status=409)
    if not form.is_valid():
        return _show(request, place, _renewed(form, saving), status=400)
    after = place.after or place.step
    return redirect("profile-step", pk=pk, slug=place.step.slug if "stay" in request.POST else after.slug)


def _save(request: PortalRequest, place: _Place, form: StepForm) -> Saving | None:
    """Save what is good: all of it, and of a draft also while other fields have errors. None: nothing was saved."""
    if not form.is_valid() and not may_save_while_typing(place.profile):
        return None
    return save_step(place.profile, form, by=request.actor, whole=True)


def _kept_version(request: PortalRequest) -> QueryDict:
    """What was posted; “keep mine” reads on from the version that was shown beside it."""
    if "keep" not in request.POST:
        return request.POST
    data = request.POST.copy()
    data["version_read"] = str(data["keep"])
    return data


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
    if place.step.form is None:
        raise Http404
    if not may_save_while_typing(place.profile):
        return render(request, "profiles/parts/saved.html", {"by_button": True})
    form = place.step.form(request.POST, instance=place.profile)
    form.is_valid()
    try:
        saving = save_step(place.profile, form, by=request.actor, whole=False)
    except Refused as refusal:
        return render(request, "profiles/parts/saved.html", {"refusal": refusal})
    errors = [(form.fields[name].label, found) for name, found in form.errors.items() if name in form.fields]
    context = {"saving": saving, "at": clock.now(), "errors": errors, "place": place}
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
    return render(request, "profiles/steps/fields.html", context, status=status)


def _without_form(request: PortalRequest, place: _Place) -> HttpResponseBase:
    if request.method == "POST":
        return redirect("profile-step", pk=place.profile.pk, slug=(place.after or place.step).slug)
    context = {"place": place, "profile": place.profile, "steps": STEPS}
    return render(request, f"profiles/steps/{place.step.slug}.html", context | _facts(request, place))


def _facts(request: PortalRequest, place: _Place) -> dict[str, object]:
    """What the steps without fields show."""
    profile = place.profile
    if place.step.slug == "organisation":
        return {"problem": eligibility_problem(profile.organisation, profile.kind, profile.generation)}
    offer = next((offer for offer in offers(profile, request.actor) if offer.move.name == "submit"), None)
    return {"offer": offer, "choice": None if profile.partnership_id else best_for(profile)}


@signed_in
@require_POST
def submit(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Submit from the last step; the portal assigns a Partnership where none was picked."""
    found: Profile = Profile.objects.get_for(request.actor, pk=pk)
    try:
        profiles.submit(found, by=request.actor)
    except NotAllowed:
        raise
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("profile-step", pk=pk, slug="review")
    messages.success(request, _("Submitted: %(partnership)s looks at it now.") % {"partnership": found.partnership})
    return redirect(found.get_absolute_url())


@signed_in
@require_GET
def put_right(request: PortalRequest, pk: int, place: str) -> HttpResponseBase:
    """To the step in which a missing thing is put right."""
    slug = next((step.slug for step in STEPS if place in step.places), STEPS[0].slug)
    return redirect(reverse("profile-step", args=[pk, slug]))
