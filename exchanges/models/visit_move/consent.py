"""The answer of one who is asked whether a visit may move: the host, or the Partnership of visitors."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.narrow import prefixed
from cxc.workflow import StatefulModel, state_constraint, state_field, transition
from cxc.workflow.todo import Todo
from exchanges import deadlines, notifications
from exchanges.enums import MoveConsentState
from exchanges.models.sides import HO, HOP, LABEL_OF_VISIT, LEAD, OBSERVER, PORTAL, SO, VOP
from exchanges.models.visit_move.move import VisitMove
from exchanges.models.visit_move.plan import ExchangePlan
from exchanges.requirements import visit_moves
from profiles.models import Organisation, Partnership

ASKED, AGREED, REFUSED = MoveConsentState


class VisitMoveConsent(StatefulModel):
    """One row for each party asked: either the host organisation or a Partnership, once."""

    label_columns: ClassVar = {
        "organisation": ("legal_name",),
        "partnership": ("acronym",),
        **prefixed(
            "move", {"": ("visit", "former_first_day", "first_day", "last_day", "asked_by", "state"), **LABEL_OF_VISIT}
        ),
    }
    side_paths: ClassVar = {
        HO: "organisation_id",
        VOP: "partnership_id",
        LEAD: "move__visit__lead_id",
        HOP: "move__visit__host_profile__partnership_id",
        Side.ASKER: "move__asked_by_id",
    }
    read_permissions: ClassVar = {
        "see": (HO, VOP, LEAD, HOP, Side.ASKER, SO, OBSERVER),
        "history": (HO, VOP, LEAD, HOP, SO),
    }
    locks_first: ClassVar = ("move",)

    move = models.ForeignKey(VisitMove, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = state_field(MoveConsentState, ASKED)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("consent to a move")
        verbose_name_plural = _("consents to moves")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            state_constraint("move_consent_state_exists", MoveConsentState),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, partnership__isnull=False)
                | Q(organisation__isnull=False, partnership__isnull=True),
                name="move_consent_of_one_party",
            ),
            models.UniqueConstraint(fields=["move", "partnership"], name="partnership_asked_once_in_a_move"),
            models.UniqueConstraint(fields=["move", "organisation"], name="organisation_asked_once_in_a_move"),
        ]

    def __str__(self) -> str:
        return str(self.move)

    def get_absolute_url(self) -> str:
        return f"{self.move.get_absolute_url()}#answer"

    @property
    def party(self) -> Organisation | Partnership:
        """Who is asked."""
        found = self.organisation or self.partnership
        assert found is not None  # the database holds it
        return found

    @property
    def side(self) -> Side:
        """On which side of the exchanges the party stands."""
        return HO if self.organisation_id is not None else VOP

    @transition(
        state,
        label=_("Ask for the consent"),
        source=ASKED,
        creates=True,
        sides=(PORTAL,),
        notify=(notifications.MOVE_TO_AGREE,),
    )
    def ask(self, cannot_come: Callable[[], Sequence[ExchangePlan]]) -> None:
        """`cannot_come`: the exchanges that would be cancelled, for the mail."""
        self.asked_at = self.moment

    @transition(state, label=_("Agree by asking"), source=ASKED, target=AGREED, creates=True, sides=(HO, VOP))
    def agree_by_asking(self) -> None:
        self.asked_at = self.moment
        self._answer()

    @transition(
        state,
        label=_("Agree to move the visit"),
        source=ASKED,
        target=AGREED,
        sides=(HO, VOP),
        requires=(visit_moves.move_is_open, visit_moves.new_days_ahead),
        hides_when=(visit_moves.move_is_open,),
        todo=Todo(
            "agree_to_move",
            (HO, VOP),
            _("Agree to move the visit, or refuse"),
            due=deadlines.MOVE_ANSWER,
            remind=(-2, 0, 2),
            text=_("The visit moves only when all who are asked agree."),
            anchor="answer",
            since=lambda consent: consent.asked_at,
        ),
    )
    def agree(self) -> None:
        self._answer()

    @transition(
        state,
        label=_("Refuse to move the visit"),
        source=(ASKED, AGREED),
        target=REFUSED,
        sides=(HO, VOP),
        reason=True,
        requires=(visit_moves.move_is_open,),
        hides_when=(visit_moves.move_is_open,),
    )
    def refuse(self) -> None:
        """Also who has agreed may, until the move is carried out: it ends the move."""
        self._answer()

    @transition(
        state,
        label=_("Take off, because none of its exchanges is concerned any more"),
        source=(ASKED, AGREED),
        deletes=True,
        sides=(PORTAL,),
    )
    def take_off(self) -> None:
        """It is asked anew should one be concerned again."""

    def _answer(self) -> Any:
        self.answered_at, self.answered_by = self.moment, self.context.actor.user
