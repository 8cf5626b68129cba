"""The page on which submitted profiles are reviewed, several at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxc.access.guards import PortalRequest, signed_in
from cxc.access.rate_limits import rate_limited
from cxc.access.scoped import Actor, Principal
from cxc.workflow import AvailableTransition, NotAllowed, available_transition
from cxc.workflow.deadlines import Deadlines
from profiles.deadlines import answer_day, zone_of
from profiles.enums import ProfileState
from profiles.filters.profiles import ProfileFilter
from profiles.forms.review import DecisionForm, prefix_of
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet
from profiles.services.review import Outcome, decide

PROFILES_PER_PAGE = 10
_FIELD_NAME = re.compile(rf"{prefix_of(0).removesuffix('0')}(\d{{1,9}})-choice")
# All that is shown of a profile here, and all that its requirements read.
_PREFETCHED = (
    "types",
    "own_sectors",
    "wanted_sectors",
    "offers",
    "seeks",
    "wanted_countries",
    "partnership__participations",
)


@dataclass(frozen=True)
class ReviewCard:
    """A profile to be read, with what publishing it requires, and the form; no form for who can't decide."""

    profile: Profile
    publication: AvailableTransition | None
    due: date | None
    is_late: bool
    is_own: bool
    form: DecisionForm | None


@signed_in
@rate_limited("mail")
@require_http_methods(["GET", "POST"])
def review(request: PortalRequest) -> HttpResponseBase:
    """What was submitted to a Partnership and waits: publish, send back or refuse, with all there is to read."""
    if request.actor.principal not in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}:
        raise NotAllowed(_("Profiles are reviewed by their Partnership."))
    if request.method == "POST":
        return _carry_out(request)
    return _page(request)


def _carry_out(request: PortalRequest) -> HttpResponseBase:
    """Carry out what was decided; nothing while a reason is missing. What was refused is listed with its reason."""
    if not request.actor.may_write:
        raise NotAllowed(_("Coordinators decide on profiles."))
    ids = [int(found[1]) for name in request.POST if (found := _FIELD_NAME.fullmatch(name))]
    profiles = _with_all_to_read(Profile.objects.visible_to(request.actor).filter(pk__in=ids[: 2 * PROFILES_PER_PAGE]))
    forms = [DecisionForm(request.POST, profile=profile) for profile in profiles]
    if not all(form.is_valid() for form in forms):
        return _page(request, submitted_forms={form.profile.pk: form for form in forms}, status=400)
    outcomes = decide([decision for form in forms if (decision := form.to_decision())], by=request.actor)
    _add_message(request, outcomes)
    if all(outcome.is_done for outcome in outcomes):
        return redirect(request.get_full_path())
    return _page(request, outcomes=[outcome for outcome in outcomes if not outcome.is_done])


def _add_message(request: PortalRequest, outcomes: Sequence[Outcome]) -> None:
    done = sum(outcome.is_done for outcome in outcomes)
    if done:
        text = ngettext("%(number)s profile decided.", "%(number)s profiles decided.", done)
        messages.success(request, text % {"number": done})
    elif not outcomes:
        messages.info(request, _("Nothing was decided: choose for at least one profile."))


def _with_all_to_read(profiles: ProfileQuerySet) -> ProfileQuerySet:
    return (
        profiles.with_display_relations()
        .select_related("brochure", "partnership__seat")
        .with_eligibility()
        .prefetch_related(*_PREFETCHED)
        .order_by("submitted_at", "pk")
    )


def _page(
    request: PortalRequest,
    *,
    submitted_forms: dict[int, DecisionForm] | None = None,
    outcomes: Sequence[Outcome] = (),
    status: int = 200,
) -> HttpResponseBase:
    submitted = Profile.objects.visible_to(request.actor).filter(state=ProfileState.SUBMITTED)
    found = ProfileFilter(request.GET, queryset=submitted)
    page = Paginator(_with_all_to_read(found.qs), PROFILES_PER_PAGE).get_page(request.GET.get("page"))
    deadlines = Deadlines()
    cards = [_card(profile, request.actor, deadlines, submitted_forms or {}) for profile in page]
    context = {"page": page, "cards": cards, "outcomes": outcomes, "forms": [c.form for c in cards if c.form]}
    return render(request, "profiles/review.html", context, status=status)


def _card(profile: Profile, actor: Actor, deadlines: Deadlines, submitted_forms: dict[int, DecisionForm]) -> ReviewCard:
    due, is_own = answer_day(profile, deadlines), profile.organisation_id in actor.organisations
    form = None if is_own or not actor.may_write else submitted_forms.get(profile.pk) or DecisionForm(profile=profile)
    is_late = due is not None and due < deadlines.today(zone_of(profile))
    return ReviewCard(profile, available_transition(profile, actor, "publish"), due, is_late, is_own, form)
