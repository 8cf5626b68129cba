"""A visit that is asked to move to other days. Rule: docs/rules.md, Moving a visit."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import Allowed, StatefulModel, state_constraint, state_field, transition
from cxc.workflow.todo import Todo
from exchanges import deadlines, notifications
from exchanges.enums import OPEN_MOVE_STATES, VisitMoveState
from exchanges.models.sides import HO, HOP, LABEL_OF_VISIT, LEAD, OBSERVER, PORTAL, SO, VO, VOP
from exchanges.models.visit import Visit
from exchanges.models.visit_move.plan import GivenDays, MovePlan, plan_move
from exchanges.requirements import visit_moves
from exchanges.rules.visit_move import Days

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from exchanges.models.visit_move.consent import VisitMoveConsent
    from exchanges.models.visit_move.stay import VisitMoveStay

ASKED, AGREED, CARRIED_OUT, REFUSED, WITHDRAWN, EXPIRED = VisitMoveState


class VisitMove(StatefulModel):
    """Asked for with new days, which are local to the visit; agreed by those asked; then carried out in one step.

    Visitors and their Partnerships are reached by the exchanges that it concerned, whatever visit these are on now.
    """

    label_columns: ClassVar = LABEL_OF_VISIT
    side_paths: ClassVar = {
        VO: "stays__exchange__organisation_id",
        HO: "visit__host_profile__organisation_id",
        VOP: "stays__exchange__match__visiting_profile__partnership_id",
        HOP: "visit__host_profile__partnership_id",
        LEAD: "visit__lead_id",
    }
    read_permissions: ClassVar = {
        "see": (VO, HO, VOP, HOP, LEAD, SO, OBSERVER),
        "history": (HO, VOP, HOP, LEAD, SO),
    }
    locks_first: ClassVar = ("visit",)
    constraint_requirements: ClassVar = {"one_open_move_a_visit": visit_moves.no_open_move}

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="moves")
    state = state_field(VisitMoveState, ASKED)
    first_day = models.DateField(_("new first day"))
    last_day = models.DateField(_("new last day"))
    # Those of the visit when it was asked.
    former_first_day = models.DateField(editable=False)
    former_last_day = models.DateField(editable=False)
    why = FreeTextField(_("reason"), max_length=LONG)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    asked_side = models.CharField(max_length=20, choices=Side.choices, editable=False)
    new_visit = models.ForeignKey(
        Visit, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    stays: "RelatedManager[VisitMoveStay]"
    consents: "RelatedManager[VisitMoveConsent]"

    class Meta:
        verbose_name = _("move of a visit")
        verbose_name_plural = _("moves of visits")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            state_constraint("visit_move_state_exists", VisitMoveState),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="visit_move_days_in_order"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(state__in=OPEN_MOVE_STATES), name="one_open_move_a_visit"
            ),
        ]

    def __str__(self) -> str:
        """The visit as it was called before, and the new days."""
        first_day = date_format(self.former_first_day)
        name = self.visit.title or f"{self.visit.host_profile.organisation}, {first_day}"
        return f"{name} → {date_format(self.first_day)} – {date_format(self.last_day)}"

    def get_absolute_url(self) -> str:
        return reverse("visit_move", args=[self.pk])

    @property
    def days(self) -> Days:
        """The new ones."""
        return Days(self.first_day, self.last_day)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_MOVE_STATES

    @property
    def given_days(self) -> GivenDays:
        """Days given for single exchanges, by their primary key."""
        if self.pk is None:
            found: GivenDays = self.__dict__.get("days_given", {})
            return found
        return {stay.exchange_id: stay.days for stay in self.stays.all() if stay.days}

    def give_days(self, given: GivenDays) -> None:
        """Days of single exchanges, before it is asked; kept with the move when it is."""
        self.__dict__["days_given"] = dict(given)

    def plan(self, by: Actor) -> MovePlan:
        """What it would bring about now; links lead this person to what can be put right."""
        return plan_move(self.visit, self.days, self.given_days, by=by, now=clock.now())

    @transition(
        state,
        label=_("Ask to move the visit"),
        source=ASKED,
        creates=True,
        sides=(LEAD, HO, HOP, SO),
        reason=True,
        requires=(
            visit_moves.no_open_move,
            visit_moves.exchange_to_move,
            visit_moves.new_days_given,
            visit_moves.new_days_ahead,
            visit_moves.somebody_can_come,
        ),
        notify=(notifications.MOVE_ASKED,),
    )
    def ask(self) -> dict[str, Any]:
        """Who asks has agreed by asking, where they are one of those who are asked."""
        self.former_first_day, self.former_last_day = self.visit.first_day, self.visit.last_day
        self.why, self.asked_at = self.context.reason, self.moment
        self.asked_by, self.asked_side = self.context.actor.user, self.context.side
        return self._details()

    @transition(
        state,
        label=_("Agreed by all"),
        source=ASKED,
        target=AGREED,
        sides=(PORTAL,),
        requires=(visit_moves.all_have_agreed,),
        notify=(notifications.MOVE_AGREED,),
    )
    def conclude(self) -> None:
        """The last of those asked has agreed, or is not concerned any more."""

    @transition(state, label=_("Wait for one more answer"), source=AGREED, target=ASKED, sides=(PORTAL,), button=False)
    def wait_for_answer(self) -> None:
        """Somebody else is concerned now, and is asked."""

    @transition(
        state,
        label=_("Carry out the move"),
        source=AGREED,
        target=CARRIED_OUT,
        sides=(LEAD, SO),
        requires=(
            visit_moves.all_have_agreed,
            visit_moves.none_ready,
            visit_moves.new_days_ahead,
            visit_moves.somebody_can_come,
        ),
        todo=Todo(
            "carry_out_move",
            (LEAD,),
            _("Move the visit: all who were asked have agreed"),
            due=deadlines.MOVE,
            remind=(-7, -2, 0),
            anchor="state",
        ),
        notify=(notifications.MOVE_CARRIED_OUT,),
    )
    def carry_out(self) -> dict[str, Any]:
        return self._details()

    @transition(
        state,
        label=_("Refused by one who was asked"),
        source=OPEN_MOVE_STATES,
        target=REFUSED,
        sides=(PORTAL,),
        reason=True,
        notify=(notifications.MOVE_REFUSED,),
    )
    def refuse(self) -> None: ...

    @transition(
        state,
        label=_("Withdraw the move"),
        source=OPEN_MOVE_STATES,
        target=WITHDRAWN,
        sides=(
            Allowed(LEAD, visit_moves.asked_from_this_side),
            Allowed(HO, visit_moves.asked_from_this_side),
            Allowed(HOP, visit_moves.asked_from_this_side),
            SO,
        ),
        reason=True,
        hides_when=(visit_moves.asked_from_this_side,),
        notify=(notifications.MOVE_WITHDRAWN,),
    )
    def withdraw(self) -> None: ...

    @transition(
        state,
        label=_("Expire"),
        source=OPEN_MOVE_STATES,
        target=EXPIRED,
        sides=(PORTAL,),
        reason=True,
        notify=(notifications.MOVE_EXPIRED,),
    )
    def expire(self) -> None:
        """The new first day is too near, an exchange has started, or none is left to move."""

    def _details(self) -> dict[str, Any]:
        return {
            "from": [str(self.visit.first_day), str(self.visit.last_day)],
            "to": [str(self.first_day), str(self.last_day)],
        }
