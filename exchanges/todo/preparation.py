"""What is owed until an exchange is ready to start: on confirmed matches, exchanges, and their documents."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.subjects import HoldsUp, TodoSubject
from exchanges import todo_inputs
from exchanges.enums import BEING_WRITTEN_STATES, ExchangeState, PartState
from exchanges.models import CtqVersion, Exchange, FaVersion, FinancialAgreement, OwnPart, SharedPart
from exchanges.todo import preparation_rules as rules
from matching.enums import MatchState
from matching.models import Match

DRAFT, PREPARATION, READY = ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY
BUILDING = _("Exchange building")
# Before it is validated; after that only signatures are owed.
TO_VALIDATE = (*BEING_WRITTEN_STATES, PartState.READY)

# The seat of the visitor's Partnership, where working days of answers are counted, and its participation.
SEAT = "match__visiting_profile__partnership__seat"
PARTICIPATIONS = "match__visiting_profile__partnership__participations"
# What says whether the two may take part.
BOTH_ORGANISATIONS = (
    "match__visiting_profile__generation",
    "match__visiting_profile__organisation__country",
    "match__host_profile__generation",
)
# What a signing party is told by: what a version says is long and is not read here.
CTQ_VERSIONS = Prefetch("ctq_versions", CtqVersion.objects.defer("content").prefetch_related("signatures"))
FA_VERSIONS = Prefetch("agreement__versions", FaVersion.objects.defer("content").prefetch_related("signatures"))


def _label(part: Any) -> str:
    return str(part.exchange)


def _zone(part: Any) -> str:
    zone: str = part.exchange.visit.time_zone
    return zone


# --- confirmed matches -------------------------------------------------------------------------------


def _without_exchange() -> VisibleQuerySet:
    standing = Exchange.objects.filter(match=OuterRef("pk")).exclude(state=ExchangeState.CANCELLED)
    return Match.objects.filter(~Exists(standing), state=MatchState.CONFIRMED).with_display_relations()


MATCHES = TodoSubject(
    "matching.match",
    BUILDING,
    _without_exchange,
    rules=(rules.BUILD_EXCHANGE,),
    states=(MatchState.CONFIRMED,),
    inputs=todo_inputs.MATCH,
)

# --- exchanges ---------------------------------------------------------------------------------------


def _in_building() -> VisibleQuerySet:
    found = Exchange.objects.filter(state__in=[DRAFT, PREPARATION, READY]).with_display_relations()
    related = found.select_related("own_part", "agreement", "visit__shared_part", SEAT, *BOTH_ORGANISATIONS)
    return related.prefetch_related(CTQ_VERSIONS, FA_VERSIONS, PARTICIPATIONS)


EXCHANGES = TodoSubject(
    "exchanges.exchange",
    BUILDING,
    _in_building,
    rules=rules.OF_EXCHANGE,
    states=(DRAFT, PREPARATION, READY),
    zone=lambda exchange: exchange.visit.time_zone,
    shown=lambda: _in_building().prefetch_related(None),
    inputs=todo_inputs.BUILDING,
)

# --- the documents -----------------------------------------------------------------------------------

OF_EXCHANGE = (
    "exchange__organisation__country",
    "exchange__generation",
    "exchange__visit__shared_part",
    "exchange__visit__host_profile__organisation__country",
    "exchange__match__host_profile__partnership",
    "exchange__match__host_profile__organisation",
    f"exchange__{SEAT}",
)


def _own_parts() -> VisibleQuerySet:
    waiting = OwnPart.objects.filter(exchange__state=PREPARATION, state__in=TO_VALIDATE)
    return waiting.select_related(*OF_EXCHANGE)


OWN_PARTS = TodoSubject(
    "exchanges.ownpart",
    BUILDING,
    _own_parts,
    permission="steps",
    states=TO_VALIDATE,
    label=_label,
    zone=_zone,
    holds_up=HoldsUp("exchanges.exchange", "exchange"),
    inputs=todo_inputs.DOCUMENT,
)


def _agreements() -> VisibleQuerySet:
    waiting = FinancialAgreement.objects.filter(exchange__state=PREPARATION, state__in=TO_VALIDATE)
    return waiting.select_related(*OF_EXCHANGE)


AGREEMENTS = TodoSubject(
    "exchanges.financialagreement",
    BUILDING,
    _agreements,
    states=TO_VALIDATE,
    permission="steps",
    label=_label,
    zone=_zone,
    holds_up=HoldsUp("exchanges.exchange", "exchange"),
    inputs=todo_inputs.DOCUMENT,
)


def _shared_parts() -> VisibleQuerySet:
    """Of visits with an exchange in preparation."""
    building = Exchange.objects.filter(visit=OuterRef("visit"), state=PREPARATION)
    return (
        SharedPart.objects.filter(Exists(building), state__in=TO_VALIDATE)
        .select_related(
            "visit__host_profile__organisation",
            "visit__host_profile__partnership",
            "visit__host_profile__generation",
            "visit__lead__seat",
        )
        .prefetch_related(
            "visit__exchanges__match__visiting_profile", "visit__exchanges__organisation", "visit__agenda_items"
        )
    )


SHARED_PARTS = TodoSubject(
    "exchanges.sharedpart",
    BUILDING,
    _shared_parts,
    permission="steps",
    rules=rules.OF_SHARED_PART,
    states=TO_VALIDATE,
    label=lambda part: str(part.visit),
    zone=lambda part: part.visit.time_zone,
    # The exchanges whose CTQ waits for it.
    holds_up=HoldsUp("exchanges.exchange", "visit__exchanges", {"visit__exchanges__state": PREPARATION.value}),
    inputs=todo_inputs.SHARED_PART,
)

SUBJECTS = (MATCHES, SHARED_PARTS, EXCHANGES, OWN_PARTS, AGREEMENTS)
