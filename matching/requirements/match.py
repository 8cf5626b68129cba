"""What transitions of a match require. Rule: lifecycles, Match; the things, Places and Used up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.days import today_in
from cxc.core.models import SchemeSettings
from cxc.workflow.requirements import Kind, Requirement, TransitionContext, requirement
from matching.enums import OPEN_STATES, Answer, MatchState
from profiles.enums import Modality, ProfileState


def _both(context: TransitionContext) -> tuple:
    return context.thing.visiting_profile, context.thing.host_profile


@requirement(gettext_lazy("Both profiles are published."), kind=Kind.TIMING)
def both_published(context: TransitionContext) -> bool:
    return all(profile.state == ProfileState.PUBLISHED for profile in _both(context))


@requirement(gettext_lazy("The eligibility of both is confirmed."), kind=Kind.TIMING)
def eligibility_confirmed(context: TransitionContext) -> object:
    waiting = [profile for profile in _both(context) if profile.eligibility_confirmed_at is None]
    return not waiting or _("The Partnership has to confirm the eligibility of %(who)s first.") % {
        "who": ", ".join(str(profile.organisation) for profile in waiting)
    }


@requirement(gettext_lazy("Both profiles belong to the same generation."))
def same_generation(context: TransitionContext) -> bool:
    visiting, host = _both(context)
    return bool(visiting.generation_id == host.generation_id)


@requirement(gettext_lazy("A visiting profile meets a host profile."))
def visits_a_host(context: TransitionContext) -> bool:
    visiting, host = _both(context)
    return bool(visiting.is_visiting and not host.is_visiting)


@requirement(gettext_lazy("Both Partnerships' participations are open."), kind=Kind.TIMING)
def participations_open(context: TransitionContext) -> object:
    for profile in _both(context):
        participation = profile.participation
        if participation is None or not participation.is_open(context.now.date()):
            return _("The participation of %(partnership)s has ended.") % {"partnership": profile.partnership}
    return True


@requirement(gettext_lazy("Neither profile's period is over."), kind=Kind.TIMING)
def periods_not_over(context: TransitionContext) -> object:
    """Asked of a proposal only: a proposal made in time can be answered after the period."""
    for profile in _both(context):
        if profile.is_over:
            return _("The period of %(who)s's profile ended on %(day)s: later days have to be chosen first.") % {
                "who": profile.organisation,
                "day": date_format(profile.available_to),
            }
    return True


@requirement(gettext_lazy("The two are in different participating countries."))
def different_countries(context: TransitionContext) -> object:
    visiting, host = _both(context)
    if visiting.organisation.country_id == host.organisation.country_id:
        return _("Both are in %(country)s: an exchange crosses a border.") % {"country": host.organisation.country}
    return visiting.generation.takes_part(visiting.organisation.country_id, host.organisation.country_id)


@requirement(gettext_lazy("Both offer this modality."))
def modality_in_common(context: TransitionContext) -> bool:
    flag = "physical" if context.thing.modality == Modality.PHYSICAL else "virtual"
    return all(getattr(profile, flag) for profile in _both(context))


@requirement(gettext_lazy("The two are different organisations."))
def different_organisations(context: TransitionContext) -> bool:
    visiting, host = _both(context)
    return bool(visiting.organisation_id != host.organisation_id)


@requirement(gettext_lazy("The two have no other open match in this modality."))
def no_other_open_match(context: TransitionContext) -> bool:
    match = context.thing
    return (
        not type(match)
        .objects.filter(
            visiting_profile_id=match.visiting_profile_id,
            host_profile_id=match.host_profile_id,
            modality=match.modality,
            state__in=OPEN_STATES,
        )
        .exclude(pk=match.pk)
        .exists()
    )


@requirement(gettext_lazy("The visitor's own open proposals are below the limit."), kind=Kind.TIMING)
def within_proposal_limit(context: TransitionContext) -> object:
    if context.side is not Side.VO or context.thing.initiated_by not in {"", Side.VO}:
        return True
    limit = SchemeSettings.current().open_proposals_limit
    made = (
        type(context.thing)
        .objects.filter(
            visiting_organisation_id=context.thing.visiting_profile.organisation_id,
            initiated_by=Side.VO,
            state=MatchState.PROPOSED,
        )
        .exclude(pk=context.thing.pk)
    )
    return made.count() < limit or _(
        "You have %(limit)s open proposals, the most there may be: wait for an answer, or withdraw one."
    ) % {"limit": limit}


@requirement(gettext_lazy("The host has a free place."), kind=Kind.TIMING)
def place_free(context: TransitionContext) -> object:
    """Counted under the lock on the host profile, which the mover holds."""
    match = context.thing
    held = match.places_held_by_others()
    return held < match.host_profile.places or _(
        "All %(places)s places of %(host)s are taken at the moment. Your answer is kept open: try again when a place"
        " is freed, or ask the Partnership."
    ) % {"places": match.host_profile.places, "host": match.host_profile.organisation}


@requirement(gettext_lazy("The visitor has no other confirmed match in this modality."))
def not_matched_elsewhere(context: TransitionContext) -> object:
    match = context.thing
    return not match.is_matched_elsewhere() or _(
        "%(visitor)s is matched elsewhere: this proposal can be accepted when that match has ended."
    ) % {"visitor": match.visiting_profile.organisation}


@requirement(gettext_lazy("Both sides have said yes."))
def both_said_yes(context: TransitionContext) -> bool:
    return context.thing.visitor_answer == context.thing.host_answer == Answer.YES


@requirement(gettext_lazy("The visitor has not answered yet."))
def visitor_not_answered_yet(context: TransitionContext) -> bool:
    return bool(context.thing.visitor_answer == Answer.NONE)


@requirement(gettext_lazy("The host has not answered yet."))
def host_not_answered_yet(context: TransitionContext) -> bool:
    return bool(context.thing.host_answer == Answer.NONE)


@requirement(gettext_lazy("A side that said yes by proposing withdraws instead."))
def visitor_may_decline(context: TransitionContext) -> bool:
    return not (context.thing.initiated_by == Side.VO and context.thing.visitor_answer == Answer.YES)


@requirement(gettext_lazy("A side that said yes by proposing withdraws instead."))
def host_may_decline(context: TransitionContext) -> bool:
    return not (context.thing.initiated_by == Side.HO and context.thing.host_answer == Answer.YES)


@requirement(gettext_lazy("The day on which the yes was given is not in the future."), anchor="given-outside")
def given_on_is_not_future(context: TransitionContext) -> bool:
    profile = context.thing.visiting_profile if context.side is Side.VOP else context.thing.host_profile
    on = context.facts.get("on")
    return on is None or on <= today_in(profile.organisation.country, context.now)


@requirement(gettext_lazy("It is said how the yes was given."), anchor="given-outside")
def given_how_is_stated(context: TransitionContext) -> bool:
    return "how" not in context.facts or bool(context.facts["how"].strip())


@requirement(gettext_lazy("Only the side that made the proposal withdraws it."))
def own_proposal(context: TransitionContext) -> bool:
    return bool(context.thing.initiated_by == context.side)


@requirement(gettext_lazy("The proposal is as old as proposals get, or the participation has ended."))
def is_expired(context: TransitionContext) -> bool:
    limit = timedelta(days=SchemeSettings.current().proposal_expiry_days)
    return context.thing.expiry_counted_from + limit <= context.now or participations_open.unmet(context) is not None


@requirement(gettext_lazy("Only the side that ended it can undo that."))
def ended_by_own_side(context: TransitionContext) -> bool:
    return context.side is Side.SO or bool(context.thing.ended_by == context.side)


@requirement(gettext_lazy("It ended only a few days ago."), kind=Kind.TIMING)
def ended_recently(context: TransitionContext) -> object:
    days = SchemeSettings.current().undo_days
    ended_at = context.thing.ended_at
    return (ended_at is not None and context.now <= ended_at + timedelta(days=days)) or _(
        "It can be undone within %(days)s days only; a Partnership or the Support Office can reopen it."
    ) % {"days": days}


@requirement(gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."))
def visitor_yes_given_outside(context: TransitionContext) -> bool:
    return _given_outside_recently(context, context.thing.visitor_answered_outside, context.thing.visitor_notified_at)


@requirement(gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."))
def host_yes_given_outside(context: TransitionContext) -> bool:
    return _given_outside_recently(context, context.thing.host_answered_outside, context.thing.host_notified_at)


def _given_outside_recently(context: TransitionContext, how: str, notified_at: object) -> bool:
    days = timedelta(days=SchemeSettings.current().undo_days)
    return bool(how) and notified_at is not None and context.now <= notified_at + days  # type: ignore[operator]


@requirement(gettext_lazy("The state it goes back to is possible now."))
def previous_state_is_allowed(context: TransitionContext) -> object:
    """Going back to confirmed asks everything the second yes asked; to proposed, what a proposal asked."""
    confirmed = context.thing.state_before_end == MatchState.CONFIRMED
    needs = TO_CONFIRM if confirmed else (*TO_PROPOSE, within_proposal_limit)
    missing = [gap.sentence for need in needs if (gap := need.unmet(context)) is not None]
    return not missing or " ".join(missing)


@requirement(gettext_lazy("The earlier state is possible now, and no yes it rested on was taken back."))
def previous_state_can_return(context: TransitionContext) -> bool:
    match = context.thing
    taken_back = match.state_before_end == MatchState.CONFIRMED and not match.both_said_yes
    return not taken_back and previous_state_is_allowed.unmet(context) is None


@requirement(gettext_lazy("A proposal between the two is possible now."))
def can_be_proposed(context: TransitionContext) -> object:
    missing = [gap.sentence for need in TO_PROPOSE if (gap := need.unmet(context)) is not None]
    return not missing or " ".join(missing)


# The same list to propose and at the second yes; the visitor's being used up is added from above.
TO_PROPOSE = (
    visits_a_host,
    both_published,
    eligibility_confirmed,
    same_generation,
    participations_open,
    different_countries,
    modality_in_common,
    different_organisations,
    no_other_open_match,
)
TO_CONFIRM = (*TO_PROPOSE, place_free, not_matched_elsewhere)


def _required_at_second_yes(need: Requirement, sentence: Any) -> Requirement:
    """The requirement, asked once the other side has said yes: the button then explains what confirming lacks.

    What is recorded afterwards has no button; its step to confirmed asks.
    """

    def check(context: TransitionContext) -> object:
        is_first = Answer.YES not in {context.thing.visitor_answer, context.thing.host_answer}
        return is_first or context.is_recorded or need.check(context)

    return replace(need, sentence=sentence, check=check)


AT_SECOND_YES = (
    _required_at_second_yes(place_free, gettext_lazy("At the second yes: the host has a free place.")),
    _required_at_second_yes(
        not_matched_elsewhere, gettext_lazy("At the second yes: the visitor has no other confirmed match.")
    ),
)
