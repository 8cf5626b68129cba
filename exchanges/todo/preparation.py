"""What is owed until an exchange is ready to start: on confirmed matches, exchanges, and their documents."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.subjects import BelongsTo, HoldsUp, OthersRead, TodoSubject
from cxc.workflow import kind_of
from exchanges import todo_inputs
from exchanges.enums import UNVALIDATED_STATES, ExchangeState
from exchanges.models import Exchange, FinancialAgreement, OwnPart, SharedPart
from exchanges.models.exchange import ExchangeQuerySet
from exchanges.queries.visits import without_exchange
from exchanges.todo import preparation_rules as rules
from exchanges.todo.parts import OF_EXCHANGE, label_of_part, zone_of_part
from exchanges.todo.reads import exchanges_with_what_rules_read, shared_parts_with_what_rules_read, with_visitors
from matching.enums import MatchState
from matching.models import Match

DRAFT, PREPARATION, READY = ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY
BUILDING = _("Exchange building")

# --- confirmed matches -------------------------------------------------------------------------------


MATCHES = TodoSubject(
    "matching.match",
    BUILDING,
    lambda: without_exchange(Match.objects.all()).with_display_relations(),
    rules=(rules.BUILD_EXCHANGE,),
    states=(MatchState.CONFIRMED,),
    inputs=todo_inputs.MATCH,
)

# --- exchanges ---------------------------------------------------------------------------------------


def _in_building() -> ExchangeQuerySet:
    return Exchange.objects.filter(state__in=[DRAFT, PREPARATION, READY])


EXCHANGES = TodoSubject(
    "exchanges.exchange",
    BUILDING,
    lambda: exchanges_with_what_rules_read(_in_building()),
    rules=rules.OF_EXCHANGE,
    states=(DRAFT, PREPARATION, READY),
    zone=lambda exchange: exchange.visit.time_zone,
    inputs=todo_inputs.BUILDING,
)

# --- the documents -----------------------------------------------------------------------------------


def _others_read(*columns: str) -> OthersRead:
    """Others wait until it is validated, and read these columns of it."""
    return OthersRead(columns, UNVALIDATED_STATES)


def _part_of_exchange(
    model: type[OwnPart | FinancialAgreement], name: str, *, permission: str, written_by: str
) -> TodoSubject:
    """A document that an exchange has by this name, until it is validated: it is read together with the exchange.

    `written_by`: the code of what leads to its first gap.
    """
    return TodoSubject(
        kind_of(model),
        BUILDING,
        lambda: model.objects.filter(exchange__state=PREPARATION, state__in=UNVALIDATED_STATES),
        permission=permission,
        states=UNVALIDATED_STATES,
        name_path="exchange",
        read_for=(written_by,),
        label=label_of_part,
        zone=zone_of_part,
        belongs_to=BelongsTo(EXCHANGES, name, (PREPARATION,)),
        others_read=_others_read("exchange_id", "version"),
        holds_up=OF_EXCHANGE,
        inputs=todo_inputs.DOCUMENT,
    )


OWN_PARTS = _part_of_exchange(OwnPart, "own_part", permission="steps", written_by="own_part")
AGREEMENTS = _part_of_exchange(FinancialAgreement, "agreement", permission="see", written_by="iban")


def _shared_parts() -> VisibleQuerySet:
    """Of visits with an exchange in preparation."""
    building = Exchange.objects.filter(visit=OuterRef("visit"), state=PREPARATION)
    return SharedPart.objects.filter(Exists(building), state__in=UNVALIDATED_STATES)


SHARED_PARTS = TodoSubject(
    "exchanges.sharedpart",
    BUILDING,
    lambda: shared_parts_with_what_rules_read(_shared_parts()),
    with_links=with_visitors,
    permission="steps",
    rules=rules.OF_SHARED_PART,
    states=UNVALIDATED_STATES,
    label=lambda part: str(part.visit),
    zone=lambda part: part.visit.time_zone,
    others_read=_others_read("visit_id"),
    # The exchanges whose CTQ waits for it.
    holds_up=HoldsUp("exchanges.exchange", "visit__exchanges", {"visit__exchanges__state": PREPARATION.value}),
    inputs=todo_inputs.SHARED_PART,
)

SUBJECTS = (MATCHES, SHARED_PARTS, EXCHANGES, OWN_PARTS, AGREEMENTS)
