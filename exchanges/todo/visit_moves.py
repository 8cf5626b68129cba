"""What is owed on moves of visits: the answers of those asked, then carrying the move out."""

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.subjects import HoldsUp, TodoSubject
from exchanges import todo_inputs
from exchanges.enums import VISIT_MOVE, VISIT_MOVE_CONSENT, MoveConsentState, VisitMoveState
from exchanges.models import VisitMove, VisitMoveConsent

VISITS = _("Moves of visits")
HOST = "visit__host_profile__organisation"


def _asked() -> VisibleQuerySet:
    """Consents that a move waits for."""
    waiting = VisitMoveConsent.objects.filter(state=MoveConsentState.ASKED, move__state=VisitMoveState.ASKED)
    return waiting.select_related(f"move__{HOST}")


def _agreed() -> VisibleQuerySet:
    """Moves that all have agreed to, with the exchanges of their visits."""
    agreed = VisitMove.objects.filter(state=VisitMoveState.AGREED).select_related(HOST)
    return agreed.prefetch_related("consents", "visit__exchanges__organisation")


MOVE_CONSENTS = TodoSubject(
    VISIT_MOVE_CONSENT,
    VISITS,
    _asked,
    states=(MoveConsentState.ASKED,),
    zone=lambda consent: consent.move.visit.time_zone,
    # The history of the move keeps who was reminded.
    holds_up=HoldsUp(VISIT_MOVE, "move"),
    inputs=todo_inputs.MOVE_CONSENT,
)
MOVES = TodoSubject(
    VISIT_MOVE,
    VISITS,
    _agreed,
    states=(VisitMoveState.AGREED,),
    zone=lambda move: move.visit.time_zone,
    shown=lambda: VisitMove.objects.with_labels().prefetch_related("visit__exchanges"),
    inputs=todo_inputs.VISIT_MOVE,
)
