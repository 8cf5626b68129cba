"""A match and its transitions."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from cxc.access.scoped import Side
from cxc.workflow import Allowed, Requirement, transition
from cxc.workflow.todo import Todo
from matching import deadlines, notifications
from matching.enums import Answer, MatchState
from matching.models.match.fields import MatchFields
from matching.requirements import answers, confirmation, proposals

VO, HO, VOP, HOP, SO, PORTAL = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO, Side.PORTAL
PROPOSED, CONFIRMED, COMPLETED, DECLINED, WITHDRAWN, EXPIRED, CANCELLED = MatchState


def _answer(side: Side, code: str, not_answered_yet: Requirement) -> Todo:
    """The yes or no that one side owes: a no helps too where a yes is not possible now."""
    return Todo(
        code,
        (side,),
        _("Answer the proposal"),
        due=deadlines.ANSWERED,
        remind=deadlines.reminder_offsets,
        text=_("A proposal that nobody answers expires on that day."),
        since=lambda match: match.expiry_counted_from,
        anchor="transitions",
        after=(not_answered_yet,),
        while_unmet=True,
    )


class Match(MatchFields):
    """One visiting and one host profile in one modality; who initiated it; each side's answer."""

    # --- transitions: proposing and answering --------------------------------------------------

    @transition(
        "state",
        label=_("Propose"),
        source=PROPOSED,
        creates=True,
        sides=(VO, HO, VOP, HOP, SO),
        requires=(*proposals.TO_PROPOSE, proposals.periods_not_over, proposals.within_proposal_limit),
        external_requirements=("visitor_not_used_up",),
        notify=(notifications.PROPOSED,),
    )
    def propose(self) -> None:
        """A visiting or host organisation's proposal is its own yes; a Partnership's is nobody's."""
        self.visiting_organisation = self.visiting_profile.organisation
        self.generation = self.visiting_profile.generation
        self.proposed_at = self.expiry_counted_from = self.moment
        self.initiated_by = self.context.side
        if self.context.side in {VO, HO}:
            self._record_answer(self.context.side, Answer.YES)

    @transition(
        "state",
        label=_("Say yes"),
        source=PROPOSED,
        sides=(VO,),
        requires=(answers.visitor_not_answered_yet, *confirmation.AT_SECOND_YES),
        todo=_answer(VO, "answer_as_visitor", answers.visitor_not_answered_yet),
        hides_when=(answers.visitor_not_answered_yet,),
    )
    def visitor_yes(self) -> None:
        self._record_answer(VO, Answer.YES)

    @transition(
        "state",
        label=_("Say yes"),
        source=PROPOSED,
        sides=(HO,),
        requires=(answers.host_not_answered_yet, *confirmation.AT_SECOND_YES),
        todo=_answer(HO, "answer_as_host", answers.host_not_answered_yet),
        hides_when=(answers.host_not_answered_yet,),
    )
    def host_yes(self) -> None:
        self._record_answer(HO, Answer.YES)

    @transition(
        "state",
        label=_("Enter the visitor's yes, given outside"),
        source=PROPOSED,
        sides=(VOP,),
        requires=(
            answers.visitor_not_answered_yet,
            answers.given_on_is_not_future,
            answers.given_how_is_stated,
            *confirmation.AT_SECOND_YES,
        ),
        button=False,
        notify=(notifications.VISITOR_YES_ENTERED,),
    )
    def visitor_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        """`on`: the visitor's local date on which it said yes; `how`: by which way."""
        self._record_answer(VO, Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @transition(
        "state",
        label=_("Enter the host's yes, given outside"),
        source=PROPOSED,
        sides=(HOP,),
        requires=(
            answers.host_not_answered_yet,
            answers.given_on_is_not_future,
            answers.given_how_is_stated,
            *confirmation.AT_SECOND_YES,
        ),
        button=False,
        notify=(notifications.HOST_YES_ENTERED,),
    )
    def host_yes_outside(self, *, on: date, how: str) -> dict[str, str]:
        """`on`: the host's local date on which it said yes; `how`: by which way."""
        self._record_answer(HO, Answer.YES, on=on, how=how)
        return {"on": on.isoformat(), "how": how}

    @transition(
        "state",
        label=_("Say no"),
        source=PROPOSED,
        target=DECLINED,
        sides=(VO,),
        reason=True,
        requires=(answers.visitor_may_decline,),
        notify=(notifications.DECLINED,),
        hides_when=(answers.visitor_may_decline,),
    )
    def visitor_no(self) -> None:
        self._record_end(PROPOSED)
        self._record_answer(VO, Answer.NO)

    @transition(
        "state",
        label=_("Say no"),
        source=PROPOSED,
        target=DECLINED,
        sides=(HO,),
        reason=True,
        requires=(answers.host_may_decline,),
        notify=(notifications.DECLINED,),
        hides_when=(answers.host_may_decline,),
    )
    def host_no(self) -> None:
        self._record_end(PROPOSED)
        self._record_answer(HO, Answer.NO)

    @transition(
        "state",
        label=_("Confirm"),
        source=PROPOSED,
        target=CONFIRMED,
        sides=(PORTAL,),
        requires=(answers.both_said_yes, *confirmation.TO_CONFIRM),
        external_requirements=("visitor_not_used_up",),
        notify=(notifications.CONFIRMED,),
    )
    def confirm(self) -> None:
        self.confirmed_at = self.moment

    @transition(
        "state",
        label=_("Withdraw"),
        source=PROPOSED,
        target=WITHDRAWN,
        sides=(
            Allowed(VO, answers.own_proposal),
            Allowed(HO, answers.own_proposal),
            Allowed(VOP, answers.own_proposal),
            Allowed(HOP, answers.own_proposal),
            SO,
        ),
        reason=True,
        notify=(notifications.WITHDRAWN,),
        hides_when=(answers.own_proposal,),
    )
    def withdraw(self) -> None:
        self._record_end(PROPOSED)

    @transition(
        "state",
        label=_("Withdraw, because a profile is no longer published"),
        source=PROPOSED,
        target=WITHDRAWN,
        sides=(PORTAL,),
        notify=(notifications.WITHDRAWN,),
    )
    def withdraw_as_system(self) -> None:
        self._record_end(PROPOSED)

    @transition(
        "state",
        label=_("Expire"),
        source=PROPOSED,
        target=EXPIRED,
        sides=(PORTAL,),
        requires=(answers.is_expired,),
        notify=(notifications.EXPIRED,),
    )
    def expire(self) -> None:
        self._record_end(PROPOSED)

    # --- transitions: ending and coming back ---------------------------------------------------

    @transition(
        "state",
        label=_("Cancel the match"),
        source=CONFIRMED,
        target=CANCELLED,
        sides=(VO, HO, VOP, HOP, SO),
        reason=True,
        external_requirements=("no_confirmed_exchange",),
        notify=(notifications.CANCELLED,),
    )
    def cancel(self) -> None:
        self._record_end(CONFIRMED)

    @transition(
        "state",
        label=_("Take back the yes given for us"),
        source=PROPOSED,
        target=DECLINED,
        sides=(Allowed(VO, answers.visitor_yes_given_outside), Allowed(HO, answers.host_yes_given_outside)),
        notify=(notifications.DECLINED,),
        hides_when=(answers.visitor_yes_given_outside, answers.host_yes_given_outside),
    )
    def take_back_yes(self) -> None:
        self._record_end(PROPOSED)
        self._record_answer(self.context.side, Answer.NO)

    @transition(
        "state",
        label=_("Take back the yes given for us"),
        source=CONFIRMED,
        target=CANCELLED,
        sides=(Allowed(VO, answers.visitor_yes_given_outside), Allowed(HO, answers.host_yes_given_outside)),
        external_requirements=("no_confirmed_exchange",),
        notify=(notifications.CANCELLED,),
        hides_when=(answers.visitor_yes_given_outside, answers.host_yes_given_outside),
    )
    def take_back_yes_confirmed(self) -> None:
        self._record_end(CONFIRMED)
        self._record_answer(self.context.side, Answer.NO)

    @transition(
        "state",
        label=_("Take back the yes given for us: ask to cancel the exchange"),
        source=CONFIRMED,
        sides=(Allowed(VO, answers.visitor_yes_given_outside), Allowed(HO, answers.host_yes_given_outside)),
        external_requirements=("exchange_under_preparation",),
        notify=(notifications.YES_TAKEN_BACK,),
        hides_when=(answers.visitor_yes_given_outside, answers.host_yes_given_outside),
    )
    def take_back_yes_by_request(self) -> None:
        """Once an exchange is in preparation the way back is a request to cancel it, which follows this."""

    @transition(
        "state",
        label=_("Undo"),
        source=(DECLINED, WITHDRAWN, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_before_end, states=[PROPOSED, CONFIRMED]),
        sides=(VO, HO, VOP, HOP, SO),
        requires=(answers.ended_by_own_side, answers.ended_recently, answers.previous_state_is_allowed),
        external_requirements=("visitor_not_used_up",),
        notify=(notifications.OPEN_AGAIN,),
        hides_when=(answers.ended_by_own_side,),
    )
    def undo(self) -> None:
        self._resume()

    @transition(
        "state",
        label=_("Reopen"),
        source=(DECLINED, WITHDRAWN, EXPIRED, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_reopened, states=[PROPOSED, CONFIRMED]),
        sides=(VOP, HOP, SO),
        reason=True,
        requires=(proposals.can_be_proposed,),
        external_requirements=("visitor_not_used_up",),
        notify=(notifications.OPEN_AGAIN,),
    )
    def reopen(self) -> None:
        """To the state before if that is still possible, else proposed with the answers cleared."""
        possible = answers.previous_state_can_return.unmet(self.context) is None
        self.state_reopened = self.state_before_end if possible else PROPOSED
        if not possible:
            self.confirmed_at = None
        self._restart(with_answers=possible)

    # Where the reopening under way leads to.
    state_reopened: str = PROPOSED

    @transition(
        "state",
        label=_("Complete"),
        source=CONFIRMED,
        target=COMPLETED,
        sides=(PORTAL,),
        external_requirements=("exchange_of_match_closed",),
    )
    def complete(self) -> None: ...
