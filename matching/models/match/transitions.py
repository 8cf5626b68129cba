"""A match and its transitions."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from cxc.access.scoped import Side
from cxc.workflow import Allowed, transition
from matching.enums import Answer, MatchState
from matching.models.match.fields import MatchFields
from matching.requirements import match as r

VO, HO, VOP, HOP, SO, PORTAL = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.SO, Side.PORTAL
PROPOSED, CONFIRMED, COMPLETED, DECLINED, WITHDRAWN, EXPIRED, CANCELLED = MatchState


class Match(MatchFields):
    """One visiting and one host profile in one modality; who initiated it; each side's answer."""

    # --- transitions: proposing and answering --------------------------------------------------

    @transition(
        "state",
        label=_("Propose"),
        source=PROPOSED,
        creates=True,
        sides=(VO, HO, VOP, HOP, SO),
        requires=(*r.TO_PROPOSE, r.periods_not_over, r.within_proposal_limit),
        external_requirements=("visitor_not_used_up",),
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
        requires=(r.visitor_not_answered_yet, *r.AT_SECOND_YES),
    )
    def visitor_yes(self) -> None:
        self._record_answer(VO, Answer.YES)

    @transition(
        "state", label=_("Say yes"), source=PROPOSED, sides=(HO,), requires=(r.host_not_answered_yet, *r.AT_SECOND_YES)
    )
    def host_yes(self) -> None:
        self._record_answer(HO, Answer.YES)

    @transition(
        "state",
        label=_("Enter the visitor's yes, given outside"),
        source=PROPOSED,
        sides=(VOP,),
        requires=(r.visitor_not_answered_yet, r.given_on_is_not_future, r.given_how_is_stated, *r.AT_SECOND_YES),
        button=False,
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
        requires=(r.host_not_answered_yet, r.given_on_is_not_future, r.given_how_is_stated, *r.AT_SECOND_YES),
        button=False,
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
        requires=(r.visitor_may_decline,),
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
        requires=(r.host_may_decline,),
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
        requires=(r.both_said_yes, *r.TO_CONFIRM),
        external_requirements=("visitor_not_used_up",),
    )
    def confirm(self) -> None:
        self.confirmed_at = self.moment

    @transition(
        "state",
        label=_("Withdraw"),
        source=PROPOSED,
        target=WITHDRAWN,
        sides=(
            Allowed(VO, r.own_proposal),
            Allowed(HO, r.own_proposal),
            Allowed(VOP, r.own_proposal),
            Allowed(HOP, r.own_proposal),
            SO,
        ),
        reason=True,
    )
    def withdraw(self) -> None:
        self._record_end(PROPOSED)

    @transition(
        "state",
        label=_("Withdraw, because a profile is no longer published"),
        source=PROPOSED,
        target=WITHDRAWN,
        sides=(PORTAL,),
    )
    def withdraw_as_system(self) -> None:
        self._record_end(PROPOSED)

    @transition("state", label=_("Expire"), source=PROPOSED, target=EXPIRED, sides=(PORTAL,), requires=(r.is_expired,))
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
    )
    def cancel(self) -> None:
        self._record_end(CONFIRMED)

    @transition(
        "state",
        label=_("Take back the yes given for us"),
        source=PROPOSED,
        target=DECLINED,
        sides=(Allowed(VO, r.visitor_yes_given_outside), Allowed(HO, r.host_yes_given_outside)),
    )
    def take_back_yes(self) -> None:
        self._record_end(PROPOSED)
        self._record_answer(self.context.side, Answer.NO)

    @transition(
        "state",
        label=_("Take back the yes given for us"),
        source=CONFIRMED,
        target=CANCELLED,
        sides=(Allowed(VO, r.visitor_yes_given_outside), Allowed(HO, r.host_yes_given_outside)),
        external_requirements=("no_confirmed_exchange",),
    )
    def take_back_yes_confirmed(self) -> None:
        self._record_end(CONFIRMED)
        self._record_answer(self.context.side, Answer.NO)

    @transition(
        "state",
        label=_("Take back the yes given for us: ask to cancel the exchange"),
        source=CONFIRMED,
        sides=(Allowed(VO, r.visitor_yes_given_outside), Allowed(HO, r.host_yes_given_outside)),
        external_requirements=("exchange_under_preparation",),
    )
    def take_back_yes_by_request(self) -> None:
        """Once an exchange is in preparation the way back is a request to cancel it, which follows this."""

    @transition(
        "state",
        label=_("Undo"),
        source=(DECLINED, WITHDRAWN, CANCELLED),
        target=GET_STATE(lambda match, **_: match.state_before_end, states=[PROPOSED, CONFIRMED]),
        sides=(VO, HO, VOP, HOP, SO),
        requires=(r.ended_by_own_side, r.ended_recently, r.previous_state_is_allowed),
        external_requirements=("visitor_not_used_up",),
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
        requires=(r.can_be_proposed,),
        external_requirements=("visitor_not_used_up",),
    )
    def reopen(self) -> None:
        """To the state before if that is still possible, else proposed with the answers cleared."""
        possible = r.previous_state_can_return.unmet(self.context) is None
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
