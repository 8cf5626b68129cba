"""What the moves of a match require. Rule: lifecycles, Match; the things, Places and Used up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.ground.days import today_in
from cxc.ground.models import SchemeSettings
from cxc.workflow.requirement import Ask, Kind, Requirement, requirement
from matching.enums import OPEN_STATES, Answer, MatchState
from profiles.enums import Modality, ProfileState


def _both(ask: Ask) -> tuple:
    return ask.thing.visiting_profile, ask.thing.host_profile


@requirement(gettext_lazy("Both profiles are published."), kind=Kind.TIMING)
def both_published(ask: Ask) -> bool:
    return all(profile.state == ProfileState.PUBLISHED for profile in _both(ask))


@requirement(gettext_lazy("The eligibility of both is confirmed."), kind=Kind.TIMING)
def eligibility_confirmed(ask: Ask) -> object:
    waiting = [profile for profile in _both(ask) if profile.eligibility_confirmed_at is None]
    return not waiting or _("The Partnership has to confirm the eligibility of %(who)s first.") % {
        "who": ", ".join(str(profile.organisation) for profile in waiting)
    }


@requirement(gettext_lazy("Both profiles belong to the same generation."))
def same_generation(ask: Ask) -> bool:
    visiting, host = _both(ask)
    return bool(visiting.generation_id == host.generation_id)


@requirement(gettext_lazy("A visiting profile meets a host profile."))
def one_visits_one_hosts(ask: Ask) -> bool:
    visiting, host = _both(ask)
    return bool(visiting.is_visiting and not host.is_visiting)


@requirement(gettext_lazy("Both Partnerships' participations are open."), kind=Kind.TIMING)
def participations_open(ask: Ask) -> object:
    for profile in _both(ask):
        participation = profile.participation
        if participation is None or not participation.is_open(ask.now.date()):
            return _("The participation of %(partnership)s has ended.") % {"partnership": profile.partnership}
    return True


@requirement(gettext_lazy("Neither profile's period is over."), kind=Kind.TIMING)
def periods_not_over(ask: Ask) -> object:
    """Asked of a proposal only: a proposal made in time can be answered after the period."""
    for profile in _both(ask):
        if profile.is_over:
            return _("The period of %(who)s's profile ended on %(day)s: later days have to be chosen first.") % {
                "who": profile.organisation,
                "day": date_format(profile.available_to),
            }
    return True


@requirement(gettext_lazy("The two are in different participating countries."))
def different_countries(ask: Ask) -> object:
    visiting, host = _both(ask)
    if visiting.organisation.country_id == host.organisation.country_id:
        return _("Both are in %(country)s: an exchange crosses a border.") % {"country": host.organisation.country}
    return visiting.generation.takes_part(visiting.organisation.country_id, host.organisation.country_id)


@requirement(gettext_lazy("Both offer this modality."))
def modality_in_common(ask: Ask) -> bool:
    flag = "physical" if ask.thing.modality == Modality.PHYSICAL else "virtual"
    return all(getattr(profile, flag) for profile in _both(ask))


@requirement(gettext_lazy("The two are different organisations."))
def different_organisations(ask: Ask) -> bool:
    visiting, host = _both(ask)
    return bool(visiting.organisation_id != host.organisation_id)


@requirement(gettext_lazy("The two have no other open match in this modality."))
def no_open_pair(ask: Ask) -> bool:
    match = ask.thing
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
def within_proposal_limit(ask: Ask) -> object:
    if ask.side is not Side.VO or ask.thing.initiated_by not in {"", Side.VO}:
        return True
    limit = SchemeSettings.current().open_proposals_limit
    made = (
        type(ask.thing)
        .objects.filter(
            visiting_organisation_id=ask.thing.visiting_profile.organisation_id,
            initiated_by=Side.VO,
            state=MatchState.PROPOSED,
        )
        .exclude(pk=ask.thing.pk)
    )
    return made.count() < limit or _(
        "You have %(limit)s open proposals, the most there may be: wait for an answer, or withdraw one."
    ) % {"limit": limit}


@requirement(gettext_lazy("The host has a free place."), kind=Kind.TIMING)
def place_free(ask: Ask) -> object:
    """Counted under the lock on the host profile, which the mover holds."""
    match = ask.thing
    held = match.places_held_by_others()
    return held < match.host_profile.places or _(
        "All %(places)s places of %(host)s are taken at the moment. Your answer is kept open: try again when a place"
        " is freed, or ask the Partnership."
    ) % {"places": match.host_profile.places, "host": match.host_profile.organisation}


@requirement(gettext_lazy("The visitor has no other confirmed match in this modality."))
def not_matched_elsewhere(ask: Ask) -> object:
    match = ask.thing
    return not match.is_matched_elsewhere() or _(
        "%(visitor)s is matched elsewhere: this proposal can be accepted when that match has ended."
    ) % {"visitor": match.visiting_profile.organisation}


@requirement(gettext_lazy("Both sides have said yes."))
def both_said_yes(ask: Ask) -> bool:
    return ask.thing.visitor_answer == ask.thing.host_answer == Answer.YES


@requirement(gettext_lazy("The visitor has not answered yet."))
def visitor_open(ask: Ask) -> bool:
    return bool(ask.thing.visitor_answer == Answer.NONE)


@requirement(gettext_lazy("The host has not answered yet."))
def host_open(ask: Ask) -> bool:
    return bool(ask.thing.host_answer == Answer.NONE)


@requirement(gettext_lazy("A side that said yes by proposing withdraws instead."))
def visitor_may_decline(ask: Ask) -> bool:
    return not (ask.thing.initiated_by == Side.VO and ask.thing.visitor_answer == Answer.YES)


@requirement(gettext_lazy("A side that said yes by proposing withdraws instead."))
def host_may_decline(ask: Ask) -> bool:
    return not (ask.thing.initiated_by == Side.HO and ask.thing.host_answer == Answer.YES)


@requirement(gettext_lazy("The day on which the yes was given is not in the future."), place="given-outside")
def given_until_today(ask: Ask) -> bool:
    profile = ask.thing.visiting_profile if ask.side is Side.VOP else ask.thing.host_profile
    on = ask.facts.get("on")
    return on is None or on <= today_in(profile.organisation.country, ask.now)


@requirement(gettext_lazy("It is said how the yes was given."), place="given-outside")
def given_in_some_way(ask: Ask) -> bool:
    return "how" not in ask.facts or bool(ask.facts["how"].strip())


@requirement(gettext_lazy("Only the side that made the proposal withdraws it."))
def own_proposal(ask: Ask) -> bool:
    return bool(ask.thing.initiated_by == ask.side)


@requirement(gettext_lazy("The proposal is as old as proposals get, or the participation has ended."))
def run_out(ask: Ask) -> bool:
    limit = timedelta(days=SchemeSettings.current().proposal_expiry_days)
    return ask.thing.counted_from + limit <= ask.now or participations_open.missing(ask) is not None


@requirement(gettext_lazy("Only the side that ended it can undo that."))
def ended_by_same(ask: Ask) -> bool:
    return ask.side is Side.SO or bool(ask.thing.ended_by == ask.side)


@requirement(gettext_lazy("It ended only a few days ago."), kind=Kind.TIMING)
def ended_lately(ask: Ask) -> object:
    days = SchemeSettings.current().undo_days
    ended_at = ask.thing.ended_at
    return (ended_at is not None and ask.now <= ended_at + timedelta(days=days)) or _(
        "It can be undone within %(days)s days only; a Partnership or the Support Office can reopen it."
    ) % {"days": days}


@requirement(gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."))
def visitor_yes_given_outside(ask: Ask) -> bool:
    return _given_outside_lately(ask, ask.thing.visitor_answered_outside, ask.thing.visitor_told_at)


@requirement(gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."))
def host_yes_given_outside(ask: Ask) -> bool:
    return _given_outside_lately(ask, ask.thing.host_answered_outside, ask.thing.host_told_at)


def _given_outside_lately(ask: Ask, how: str, told_at: object) -> bool:
    days = timedelta(days=SchemeSettings.current().undo_days)
    return bool(how) and told_at is not None and ask.now <= told_at + days  # type: ignore[operator]


@requirement(gettext_lazy("The state it goes back to is possible now."))
def still_possible(ask: Ask) -> object:
    """Going back to confirmed asks everything the second yes asked; to proposed, what a proposal asked."""
    confirmed = ask.thing.state_before_end == MatchState.CONFIRMED
    needs = TO_CONFIRM if confirmed else (*TO_PROPOSE, within_proposal_limit)
    missing = [gap.sentence for need in needs if (gap := need.missing(ask)) is not None]
    return not missing or " ".join(missing)


@requirement(gettext_lazy("The earlier state is possible now, and no yes it rested on was taken back."))
def state_before_stands(ask: Ask) -> bool:
    match = ask.thing
    taken_back = match.state_before_end == MatchState.CONFIRMED and not match.both_said_yes
    return not taken_back and still_possible.missing(ask) is None


@requirement(gettext_lazy("A proposal between the two is possible now."))
def can_be_proposed(ask: Ask) -> object:
    missing = [gap.sentence for need in TO_PROPOSE if (gap := need.missing(ask)) is not None]
    return not missing or " ".join(missing)


# The same list to propose and at the second yes; the visitor's being used up is added from above.
TO_PROPOSE = (
    one_visits_one_hosts,
    both_published,
    eligibility_confirmed,
    same_generation,
    participations_open,
    different_countries,
    modality_in_common,
    different_organisations,
    no_open_pair,
)
TO_CONFIRM = (*TO_PROPOSE, place_free, not_matched_elsewhere)


def _at_the_second_yes(need: Requirement, sentence: Any) -> Requirement:
    """The requirement, asked once the other side has said yes: the button then explains what confirming lacks.

    What is recorded afterwards has no button; its step to confirmed asks.
    """

    def check(ask: Ask) -> object:
        is_first = Answer.YES not in {ask.thing.visitor_answer, ask.thing.host_answer}
        return is_first or ask.is_recorded or need.check(ask)

    return replace(need, sentence=sentence, check=check)


AT_THE_SECOND_YES = (
    _at_the_second_yes(place_free, gettext_lazy("At the second yes: the host has a free place.")),
    _at_the_second_yes(
        not_matched_elsewhere, gettext_lazy("At the second yes: the visitor has no other confirmed match.")
    ),
)
