"""What the two sides' answers, ending a match and bringing it back require. Rule: docs/rules.md, Matches."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.days import today_in
from cxc.core.models import SchemeSettings
from cxc.workflow.fix import Fix
from cxc.workflow.requirements import Kind, Reads, Requirement, TransitionContext, requirement
from matching import fixes
from matching.enums import Answer, MatchState
from matching.requirements.confirmation import TO_CONFIRM
from matching.requirements.proposals import TO_PROPOSE, participations_open, sentences_of, within_proposal_limit


@requirement(gettext_lazy("Both sides have said yes."), otherwise=gettext_lazy("Wait until both sides have said yes."))
def both_said_yes(context: TransitionContext) -> bool:
    return context.thing.visitor_answer == context.thing.host_answer == Answer.YES


@requirement(
    gettext_lazy("The visitor has not answered yet."),
    otherwise=gettext_lazy("Leave the answer as it is: the visitor has already answered."),
)
def visitor_not_answered_yet(context: TransitionContext) -> bool:
    return bool(context.thing.visitor_answer == Answer.NONE)


@requirement(
    gettext_lazy("The host has not answered yet."),
    otherwise=gettext_lazy("Leave the answer as it is: the host has already answered."),
)
def host_not_answered_yet(context: TransitionContext) -> bool:
    return bool(context.thing.host_answer == Answer.NONE)


@requirement(
    gettext_lazy("A side that said yes by proposing withdraws instead."),
    otherwise=gettext_lazy("Withdraw the proposal instead: you said yes by making it."),
)
def visitor_may_decline(context: TransitionContext) -> bool:
    return not (context.thing.initiated_by == Side.VO and context.thing.visitor_answer == Answer.YES)


@requirement(
    gettext_lazy("A side that said yes by proposing withdraws instead."),
    otherwise=gettext_lazy("Withdraw the proposal instead: you said yes by making it."),
)
def host_may_decline(context: TransitionContext) -> bool:
    return not (context.thing.initiated_by == Side.HO and context.thing.host_answer == Answer.YES)


@requirement(
    gettext_lazy("The day on which the yes was given is not in the future."),
    otherwise=gettext_lazy("Enter the day on which the yes was given: today or earlier."),
    fix=Fix(fixes.given_outside),
    reads=Reads.INPUT,
)
def given_on_is_not_future(context: TransitionContext) -> bool:
    profile = context.thing.visiting_profile if context.side is Side.VOP else context.thing.host_profile
    on = context.facts.get("on")
    return on is None or on <= today_in(profile.organisation.country, context.now)


@requirement(
    gettext_lazy("It is said how the yes was given."),
    otherwise=gettext_lazy("Enter how the yes was given."),
    fix=Fix(fixes.given_outside),
    reads=Reads.INPUT,
)
def given_how_is_stated(context: TransitionContext) -> bool:
    return "how" not in context.facts or bool(context.facts["how"].strip())


@requirement(
    gettext_lazy("Only the side that made the proposal withdraws it."),
    otherwise=gettext_lazy("Decline instead, or ask the side that made the proposal to withdraw it."),
)
def own_proposal(context: TransitionContext) -> bool:
    return bool(context.thing.initiated_by == context.side)


@requirement(
    gettext_lazy("The proposal is as old as proposals get, or the participation has ended."),
    otherwise=gettext_lazy("Wait for an answer: the proposal has not expired yet."),
)
def is_expired(context: TransitionContext) -> bool:
    limit = timedelta(days=SchemeSettings.current().proposal_expiry_days)
    return context.thing.expiry_counted_from + limit <= context.now or participations_open.unmet(context) is not None


@requirement(
    gettext_lazy("Only the side that ended it can undo that."),
    otherwise=gettext_lazy("Ask the side that ended it to undo that, or a Partnership to reopen it."),
)
def ended_by_own_side(context: TransitionContext) -> bool:
    return context.side is Side.SO or bool(context.thing.ended_by == context.side)


def end_of_undoing(match: Any) -> datetime | None:
    """The moment (UTC) up to which its end can be undone."""
    ended_at: datetime | None = match.ended_at
    return None if ended_at is None else ended_at + timedelta(days=SchemeSettings.current().undo_days)


@requirement(
    gettext_lazy("It ended only a few days ago."),
    otherwise=gettext_lazy("Ask a Partnership or the Support Office to reopen it: it can't be undone any more."),
    kind=Kind.TIMING,
    met_until=end_of_undoing,
)
def ended_recently(context: TransitionContext) -> object:
    end = end_of_undoing(context.thing)
    return (end is not None and context.now <= end) or _(
        "Ask a Partnership or the Support Office to reopen it: it can be undone for %(days)s days only."
    ) % {"days": SchemeSettings.current().undo_days}


@requirement(
    gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."),
    otherwise=gettext_lazy(
        "Ask your Partnership: only a yes that was entered for you a few days ago can be taken back."
    ),
)
def visitor_yes_given_outside(context: TransitionContext) -> bool:
    return _given_outside_recently(context, context.thing.visitor_answered_outside, context.thing.visitor_notified_at)


@requirement(
    gettext_lazy("The yes was given outside the portal, for this side, a few days ago at most."),
    otherwise=gettext_lazy(
        "Ask your Partnership: only a yes that was entered for you a few days ago can be taken back."
    ),
)
def host_yes_given_outside(context: TransitionContext) -> bool:
    return _given_outside_recently(context, context.thing.host_answered_outside, context.thing.host_notified_at)


def _given_outside_recently(context: TransitionContext, how: str, notified_at: datetime | None) -> bool:
    days = timedelta(days=SchemeSettings.current().undo_days)
    return bool(how) and notified_at is not None and context.now <= notified_at + days


def _needs_of_previous_state(match: Any) -> tuple[Requirement, ...]:
    """Going back to confirmed requires everything the second yes required; to proposed, what a proposal required."""
    return TO_CONFIRM if match.state_before_end == MatchState.CONFIRMED else (*TO_PROPOSE, within_proposal_limit)


@requirement(
    gettext_lazy("The state it goes back to is possible now."),
    otherwise=gettext_lazy("Put right first what keeps it from going back."),
    fix=Fix(lambda context: fixes.of_first_unmet(_needs_of_previous_state(context.thing), context)),
)
def previous_state_is_allowed(context: TransitionContext) -> object:
    return sentences_of(_needs_of_previous_state(context.thing), context)


@requirement(
    gettext_lazy("The earlier state is possible now, and no side has taken back its yes since."),
    otherwise=gettext_lazy("Reopen it as a proposal: both sides answer anew."),
)
def previous_state_can_return(context: TransitionContext) -> bool:
    match = context.thing
    taken_back = match.state_before_end == MatchState.CONFIRMED and not match.both_said_yes
    return not taken_back and previous_state_is_allowed.unmet(context) is None
