"""A visit that is asked to move to other days, with those who are asked and the exchanges that it concerns."""

from exchanges.models.visit_move.consent import VisitMoveConsent
from exchanges.models.visit_move.move import VisitMove
from exchanges.models.visit_move.plan import ExchangePlan, Fate, MovePlan
from exchanges.models.visit_move.stay import VisitMoveStay

__all__ = ["ExchangePlan", "Fate", "MovePlan", "VisitMove", "VisitMoveConsent", "VisitMoveStay"]
