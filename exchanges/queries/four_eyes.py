"""Exchanges of which one person entered everything and accepted and paid it too: marked for the Support Office.

Nothing is stopped by it. Derived from events and signatures. Rule: docs/rules.md, Four eyes.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from cxc.access.scoped import Side
from cxc.workflow import kind_of
from cxc.workflow.models import StateEvent
from exchanges.models import Evidence, Exchange, FinalActivityReport, Payment, Signature
from matching.models import Match

EXCHANGE = OuterRef("pk")
BY_ONE_PERSON: dict[str, Any] = {"by_one_person": True}
ANSWERS = Q(transition__in=("visitor_yes", "host_yes", "visitor_yes_outside", "host_yes_outside"))
# An organisation's own proposal is its yes.
ANSWERS |= Q(transition="propose", side__in=(Side.VO, Side.HO))


def annotate_by_one_person(exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """Each with `by_one_person`: one person entered both answers, scans, evidence and report, accepted and paid."""
    paid = _events(Payment, _part(Payment), ("pay",)).order_by("pk")
    found = exchanges.annotate(payer=Subquery(paid.values("by_user")[:1]))
    conditions = [condition for acts, who in _actions_to_share() for condition in _only_the_payer(acts, who)]
    return found.annotate(by_one_person=ExpressionWrapper(reduce(and_, conditions), BooleanField()))


def is_by_one_person(exchange: Exchange) -> bool:
    """Whether this exchange is marked."""
    return annotate_by_one_person(Exchange.objects.filter(pk=exchange.pk)).filter(**BY_ONE_PERSON).exists()


def _actions_to_share() -> Iterable[tuple[QuerySet[Any], str]]:
    """The rows of each thing that two people should share, with the name of the column that says who did it."""
    yield StateEvent.objects.filter(ANSWERS, kind=kind_of(Match), thing_id=OuterRef("match_id")), "by_user"
    yield Signature.objects.filter(version__exchange=EXCHANGE), "entered_by"
    for model, transitions in (
        (Evidence, ("upload",)),
        (Evidence, ("accept",)),
        (FinalActivityReport, ("submit", "submit_for_visitor")),
        (FinalActivityReport, ("accept",)),
        (Payment, ("pay",)),
    ):
        yield _events(model, _part(model), transitions), "by_user"
    yield _events(Exchange, Q(thing_id=EXCHANGE), ("accept_payable",)), "by_user"


def _part(model: type[Any]) -> Q:
    """What belongs to the exchange of the outer query."""
    return Q(thing_id__in=model.objects.filter(exchange=OuterRef(EXCHANGE)).values("pk"))


def _events(model: type[Any], of: Q, transitions: Iterable[str]) -> QuerySet[StateEvent]:
    return StateEvent.objects.filter(of, kind=kind_of(model), transition__in=transitions)


def _only_the_payer(acts: QuerySet[Any], who: str) -> tuple[Any, Any]:
    """The payer did it, and nobody else did any of it."""
    of_payer = acts.filter(**{who: OuterRef("payer")})
    by_others = acts.exclude(**{f"{who}__isnull": True}).exclude(**{who: OuterRef("payer")})
    return Exists(of_payer), ~Exists(by_others)
