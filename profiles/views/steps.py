"""The profile's form in steps: each saves itself while one types, and works without scripts too."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxc import clock
from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Side, may_see, sides_of
from cxc.web.form_drafts import store
from cxc.web.form_drafts.record import saved_answer
from cxc.workflow import AvailableTransition, NotAllowed, Refused, available_transitions
from profiles import links
from profiles.enums import ProfileState
from profiles.form_steps import step_of
from profiles.forms.clusters import NameClusterForm
from profiles.forms.step_edit import SaveResult, may_autosave, save_step
from profiles.forms.steps import FIELD_OF_REQUIREMENT, STEPS, Step, StepForm
from profiles.models import Profile
from profiles.requirements import missing_fields
from profiles.rules import eligibility_problem, has_to_name_cluster
from profiles.services import profiles
from profiles.services.assignment import nearest_partnership

PROBLEMS = "profiles/parts/problems.html"
EDITABLE_STATES = (ProfileState.DRAFT, ProfileState.PUBLISHED)


@dataclass
class _StepPosition:
    """A profile, the step of its form that is shown, and the steps around it."""

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


def _position(request: PortalRequest, pk: int, slug: str) -> _StepPosition:
    """The profile to edit and the step; 404, 403 or a sentence where that can't be."""
    step = next((step for step in STEPS if slug == step.slug or slug in step.former_slugs), None)
    if step is None:
        raise Http404
    found: Profile = Profile.objects.with_display_relations().get_for(request.actor, pk=pk)
    writers = {Side.HOLDER, Side.PARTNERSHIP, Side.SO}
    if not request.actor.may_write or not sides_of(request.actor, found) & writers:
        raise NotAllowed(_("You may read this profile, not edit it."))
    if found.state not in EDITABLE_STATES:
        raise Refused(
            _("The profile is “%(state)s”: bring it back to draft to edit it.") % {"state": found.get_state_display()}
        )
    return _StepPosition(found, step)


@signed_in
@require_http_methods(["GET", "POST"])
def step(request: PortalRequest, pk: int, slug: str) -> HttpResponseBase:
    """One step: shown, saved by its button, and on to the next; the last one submits too."""
    position = _position(request, pk, slug)
    if request.method == "GET":
        if slug != position.step.slug:
            return redirect("profile-step", pk=pk, slug=position.step.slug)
        return _render(request, position, position.step.form(instance=position.profile))
    form = position.step.form(request.POST, request.FILES, instance=position.profile)
    try:
        result = _save(request, position, form)
    except Refused as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        return _render(request, position, form, status=400)
    if result is not None and result.differences:
        return _render(request, position, form, result, status=409)
    if not form.is_valid():
        return _render(request, position, _with_saved_version(form, result), status=400)
    return _redirect_after_saving(request, position)


def _redirect_after_saving(request: PortalRequest, position: _StepPosition) -> HttpResponseBase:
    """Where the button that was pressed leads: submitted, the same step, the next, or the profile after the last."""
    if "submit" in request.POST and position.profile.state == ProfileState.DRAFT:
        return _submit(request, position.profile)
    if "stay" in request.POST:
        messages.success(request, _("Saved."))
        return redirect("profile-step", pk=position.profile.pk, slug=position.step.slug)
    if position.after is None:
        messages.success(request, _("Saved."))
        return redirect(position.profile.get_absolute_url())
    return redirect("profile-step", pk=position.profile.pk, slug=position.after.slug)


def _save(request: PortalRequest, position: _StepPosition, form: StepForm) -> SaveResult | None:
    """Save the valid fields: all of them, or those of a draft while others have errors. None: nothing was saved."""
    if not form.is_valid() and not may_autosave(position.profile):
        return None
    return save_step(position.profile, form, by=request.actor, whole=True)


def _with_saved_version(form: StepForm, result: SaveResult | None) -> StepForm:
    """The same form with the version as which its valid fields were just saved."""
    if result is not None and isinstance(form.data, QueryDict):
        data = form.data.copy()
        data["version_read"], data["base"] = str(result.current_version), result.base
        form.data = data
    return form


@signed_in
@require_POST
def autosave(request: PortalRequest, pk: int, slug: str) -> HttpResponseBase:
    """Save while one types; says when, what is wrong or missing, or shows both texts side by side."""
    position = _position(request, pk, slug)
    if not may_autosave(position.profile):
        return _not_saved(request, only_by_button=True)
    form = position.step.form(request.POST, instance=position.profile)
    form.is_valid()
    try:
        result = save_step(position.profile, form, by=request.actor, whole=False)
    except Refused as refusal:
        return _not_saved(request, refusal=refusal)
    if result.differences:
        return _not_saved(request, save_result=result, position=position)
    store.erase(by=request.actor, address=reverse("profile-step", args=[pk, position.step.slug]))
    return _saved(request, position, form, result)


def _not_saved(request: PortalRequest, **context: Any) -> HttpResponseBase:
    return saved_answer(None, parts={"problems": render_to_string(PROBLEMS, context, request)})


def _saved(request: PortalRequest, position: _StepPosition, form: StepForm, result: SaveResult) -> HttpResponseBase:
    errors = [(form.fields[name].label, found) for name, found in form.errors.items() if name in form.fields]
    parts = {"problems": render_to_string(PROBLEMS, {"errors": errors}, request)}
    beside = _beside_the_fields(request, position)
    if beside.get("submission"):
        parts["missing"] = render_to_string("profiles/steps/missing.html", beside, request)
    fields = {"version_read": result.current_version, "base": result.base}
    return saved_answer(clock.now(), fields=fields, parts=parts)


def _render(
    request: PortalRequest,
    position: _StepPosition,
    form: StepForm,
    result: SaveResult | None = None,
    *,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "position": position,
        "profile": position.profile,
        "steps": STEPS,
        "form": form,
        "save_result": result,
        "record": _record_address(position),
    }
    return render(request, "profiles/steps/fields.html", context | _beside_the_fields(request, position), status=status)


def _record_address(position: _StepPosition) -> str:
    """Where the page saves the step while one types; '' where only a button saves it."""
    profile = position.profile
    return reverse("profile-autosave", args=[profile.pk, position.step.slug]) if may_autosave(profile) else ""


def _beside_the_fields(request: PortalRequest, position: _StepPosition) -> dict[str, object]:
    """What stands beside the fields: on the first step whether the organisation may take part, on the last what
    is still missing.
    """
    profile = position.profile
    if position.after is not None:
        return _eligibility_context(request, profile)
    fresh = Profile.objects.with_display_relations().get(pk=profile.pk)
    submission = next(
        (
            submission
            for submission in available_transitions(fresh, request.actor)
            if submission.transition.name == "submit"
        ),
        None,
    )
    assignment = None if fresh.partnership_id or fresh.state != ProfileState.DRAFT else nearest_partnership(fresh)
    return {
        "submission": submission,
        "missing": _missing_with_links(fresh, submission, has_assignment=assignment is not None),
        "assignment": assignment,
    }


def _eligibility_context(request: PortalRequest, profile: Profile) -> dict[str, object]:
    """Why the organisation can't take part, with the field in which its cluster is named where that is all."""
    found = profile.organisation
    problem = eligibility_problem(found, profile.kind, profile.generation)
    context: dict[str, object] = {"problem": problem, "identity_address": links.identity(found)}
    if problem and has_to_name_cluster(found) and may_see(request.actor, found, "identity"):
        cluster_request = found.cluster_requests.filter(answered_at__isnull=True).first()
        initial = {"cluster": cluster_request.name, "cluster_unlisted": True} if cluster_request else {}
        context["cluster_form"] = NameClusterForm(initial=initial)
    return context


def _missing_with_links(
    profile: Profile, submission: AvailableTransition | None, *, has_assignment: bool
) -> list[tuple[str, str]]:
    """What submitting still needs, each with the address of the very field."""
    found = []
    for need in [] if submission is None else submission.unmet:
        if need.name == "complete":
            found += [(label, _address(profile, name)) for name, label in missing_fields(profile).items()]
        elif need.name == "address_stated":
            found.append((need.sentence, need.help.url))
        elif need.name != "partnership_takes_part" or not has_assignment:
            found.append((need.sentence, _address(profile, FIELD_OF_REQUIREMENT.get(need.name, ""))))
    return found


def _address(profile: Profile, field: str) -> str:
    """Where in the steps a field is filled in."""
    if not field:
        return ""
    anchor = field if field == "organisation" else f"div_id_{field}"
    return f"{reverse('profile-step', args=[profile.pk, step_of(field)])}#{anchor}"


@signed_in
@rate_limited("mail")
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
