"""The transitions by which an exchange moves to other days with its visit. Rule: docs/rules.md, Moving a visit."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import transition
from exchanges import notifications
from exchanges.enums import ExchangeState
from exchanges.models.exchange.figures import ExchangeFigures
from exchanges.models.sides import PORTAL
from exchanges.models.visit import Visit
from exchanges.requirements import preparation
from exchanges.rules.visit_move import Days

# By state: the transition that moves an exchange.
MOVES = {ExchangeState.DRAFT: "move_draft", ExchangeState.PREPARATION: "move_in_preparation"}


class MoveTransitions(ExchangeFigures):
    """Moved with the visit, by the portal when the move is carried out."""

    class Meta(ExchangeFigures.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Move with the visit"),
        source=ExchangeState.DRAFT,
        sides=(PORTAL,),
        invariants=preparation.TO_MOVE_DRAFT,
        button=False,
        notify=(notifications.EXCHANGE_MOVED,),
    )
    def move_draft(self, *, visit: Visit, planned: Days | None, agreed: Days | None) -> dict[str, Any]:
        """`visit`: the one that it is on from now on; days are local to it."""
        return self._move(visit, planned, agreed)

    @transition(
        "state",
        label=_("Move with the visit"),
        source=ExchangeState.PREPARATION,
        sides=(PORTAL,),
        invariants=preparation.TO_MOVE,
        button=False,
        notify=(notifications.EXCHANGE_MOVED,),
    )
    def move_in_preparation(self, *, visit: Visit, planned: Days | None, agreed: Days | None) -> dict[str, Any]:
        """The same, with the agreed figures."""
        return self._move(visit, planned, agreed)

    def as_moved(self, visit: Visit, planned: Days | None, agreed: Days | None) -> None:
        """Become, on this copy in memory, what the move would make of it: for a preview, which saves nothing."""
        self._move(visit, planned, agreed)
