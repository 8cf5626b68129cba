"""The steps of an exchange, as columns of the workspace: how far each is, and by which read permission it is seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc.core import moments
from cxc.core.amounts import in_eur
from cxc.core.moments import local_day
from exchanges.enums import (
    AGREEMENT,
    BEING_WRITTEN_STATES,
    CTQ,
    CTQ_PARTIES,
    EVIDENCE,
    EXCHANGE,
    FA,
    FA_PARTIES,
    OWN,
    PAYMENT,
    REPORT,
    EvidenceState,
    ExchangeState,
    PartState,
    Party,
    PaymentState,
    ReportState,
)
from exchanges.models import Exchange
from exchanges.queries.workspace import ExchangeRecords, missing

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState
STARTED = (ONGOING, CLOSED)
DAY = "MONTH_DAY_FORMAT"


class StepStatus(IntEnum):
    """How far a step is; sorts a column."""

    NOT_NEEDED = 0
    TO_DO = 1
    UNDER_WAY = 2
    RETURNED = 3
    DONE = 4


@dataclass(frozen=True)
class StepState:
    """How far one step of one exchange is, and in which words."""

    status: StepStatus
    text: str


@dataclass(frozen=True)
class Step:
    """One column.

    permission  the read permission on the exchange by which it is seen
    state_of    how far it is
    todo_codes  what is owed in this step: kind of thing and code of the to-do
    """

    code: str
    label: Any
    permission: str
    state_of: Callable[[ExchangeRecords], StepState]
    todo_codes: frozenset[tuple[str, str]] = frozenset()


def day_text(day: date) -> str:
    """The day without its year, in the language of the page."""
    return moments.day_text(day, DAY, get_language())


def _days(start: date | None, end: date | None) -> str:
    return f"{day_text(start)} – {day_text(end)}" if start and end else ""


def _plan(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    if exchange.type_id is None:
        return StepState(StepStatus.TO_DO, _now("no type yet"))
    return StepState(StepStatus.UNDER_WAY if exchange.state == DRAFT else StepStatus.DONE, str(exchange.type))


def _agreed(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    days = _days(exchange.agreed_start, exchange.agreed_end)
    amount_missing = exchange.is_physical and exchange.agreed_lump_sum is None
    if exchange.sector_id is None or not days or amount_missing:
        begun = StepStatus.UNDER_WAY if days or exchange.sector_id else StepStatus.TO_DO
        return StepState(begun, days or _now("to be agreed"))
    return StepState(StepStatus.DONE, days)


def _texts(records: ExchangeRecords) -> StepState:
    part = records.exchange.own_part_or_none
    if part is None:
        return StepState(StepStatus.TO_DO, "–")
    gaps = len(part.missing_texts())
    if not gaps:
        return StepState(StepStatus.DONE, _now("filled in"))
    words = ngettext("%(gaps)d text missing", "%(gaps)d texts missing", gaps) % {"gaps": gaps}
    return StepState(StepStatus.TO_DO if gaps == len(part.NEEDED) else StepStatus.UNDER_WAY, words)


def _payee(records: ExchangeRecords) -> StepState:
    agreement = records.exchange.agreement_or_none
    if not records.exchange.is_physical:
        return StepState(StepStatus.NOT_NEEDED, "–")
    if agreement is None or agreement.missing_bank_details():
        return StepState(StepStatus.TO_DO, _now("missing"))
    return StepState(StepStatus.DONE, _now("entered"))


def _document(part: Any, *, is_needed: bool = True) -> StepState:
    if not is_needed:
        return StepState(StepStatus.NOT_NEEDED, "–")
    if part is None:
        return StepState(StepStatus.TO_DO, "–")
    if part.state == PartState.RETURNED:
        return StepState(StepStatus.RETURNED, _now("returned"))
    if part.state in BEING_WRITTEN_STATES:
        return StepState(StepStatus.TO_DO, _now("being written"))
    status = StepStatus.UNDER_WAY if part.state == PartState.READY else StepStatus.DONE
    return StepState(status, part.get_state_display())


def _signatures(parties: Iterable[Party], signed: frozenset[str]) -> StepState:
    """How many have signed; whose signatures are missing, where some have."""
    lacking, number = missing(parties, signed), len(tuple(parties))
    if not lacking:
        return StepState(StepStatus.DONE, _now("all"))
    if len(lacking) == number:
        return StepState(StepStatus.TO_DO, _now("none yet"))
    names = ", ".join(str(party.label) for party in lacking)
    return StepState(StepStatus.UNDER_WAY, _now("missing: %(parties)s") % {"parties": names})


def _fa_signatures(records: ExchangeRecords) -> StepState:
    if not records.exchange.is_physical:
        return StepState(StepStatus.NOT_NEEDED, "–")
    return _signatures(FA_PARTIES, records.signed[FA])


def _ready(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    if exchange.state in (READY, *STARTED):
        return StepState(StepStatus.DONE, _day_of(exchange.ready_at, exchange))
    return StepState(StepStatus.TO_DO, "–")


def _started(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    if exchange.state in STARTED:
        return StepState(StepStatus.DONE, _day_of(exchange.started_at, exchange))
    return StepState(StepStatus.TO_DO, "–")


def _evidence(records: ExchangeRecords) -> StepState:
    if not records.exchange.is_physical:
        return StepState(StepStatus.NOT_NEEDED, "–")
    states = records.evidence.values()
    if EvidenceState.WAITING in states:
        return StepState(StepStatus.UNDER_WAY, _now("to be answered"))
    if EvidenceState.ACCEPTED in states:
        return StepState(StepStatus.DONE, _now("accepted"))
    return StepState(StepStatus.RETURNED, _now("returned")) if states else StepState(StepStatus.TO_DO, "–")


_REPORT_STATUSES = {
    ReportState.DRAFT: StepStatus.TO_DO,
    ReportState.SUBMITTED: StepStatus.UNDER_WAY,
    ReportState.RETURNED: StepStatus.RETURNED,
    ReportState.ACCEPTED: StepStatus.DONE,
}


def _report(records: ExchangeRecords) -> StepState:
    report = records.exchange.report_or_none
    if report is None:
        return StepState(StepStatus.TO_DO, "–")
    return StepState(_REPORT_STATUSES[ReportState(report.state)], report.get_state_display())


def _payable(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    if not exchange.is_physical:
        return StepState(StepStatus.NOT_NEEDED, "–")
    if exchange.payable_accepted_at is None or exchange.payable is None:
        return StepState(StepStatus.TO_DO, "–")
    return StepState(StepStatus.DONE, in_eur(exchange.payable))


def _closed(records: ExchangeRecords) -> StepState:
    exchange = records.exchange
    if exchange.state == CLOSED:
        return StepState(StepStatus.DONE, _day_of(exchange.closed_at, exchange))
    return StepState(StepStatus.TO_DO, "–")


def _paid(records: ExchangeRecords) -> StepState:
    payment = records.exchange.payment_or_none
    if not records.exchange.is_physical:
        return StepState(StepStatus.NOT_NEEDED, "–")
    if payment is None:
        return StepState(StepStatus.TO_DO, "–")
    if payment.state == PaymentState.PAID:
        return StepState(StepStatus.DONE, in_eur(payment.paid_amount))
    return StepState(StepStatus.UNDER_WAY, _now("%(amount)s due") % {"amount": in_eur(payment.amount_due)})


def _day_of(moment: datetime | None, exchange: Exchange) -> str:
    """The local day of the visit; what was recorded afterwards may have no moment."""
    return day_text(local_day(moment, exchange.visit.time_zone)) if moment else _now("yes")


def _on(kind: str, *codes: str) -> frozenset[tuple[str, str]]:
    return frozenset((kind, code) for code in codes)


_SIGNING_CTQ = ("sign_ctq_vo", "sign_ctq_ho", "sign_ctq_vop", "sign_ctq_hop")
_SIGNING_FA = ("sign_fa_vo", "sign_fa_vop")
_NAMING = ("name_signatory_vo", "name_signatory_vop", "enter_details_vo", "enter_details_vop", "different_signatories")

STEPS: tuple[Step, ...] = (
    Step("plan", _("Type"), "see", _plan, _on(EXCHANGE, "prepare")),
    Step("agreed", _("Agreed dates and amount"), "see", _agreed, _on(EXCHANGE, "agree_figures")),
    Step("texts", _("Own part of the CTQ"), "ctq", _texts, _on(OWN, "own_part")),
    Step("payee", _("Bank details"), "fa", _payee, _on(AGREEMENT, "iban")),
    Step(
        "ctq",
        _("CTQ"),
        "ctq",
        lambda records: _document(records.exchange.own_part_or_none),
        _on(OWN, "own_part_ready", "validate_own") | _on(EXCHANGE, *_NAMING),
    ),
    Step(
        "fa",
        _("FA"),
        "fa",
        lambda records: _document(records.exchange.agreement_or_none, is_needed=records.exchange.is_physical),
        _on(AGREEMENT, "fa_ready", "validate_fa"),
    ),
    Step(
        "ctq-signed",
        _("CTQ signed"),
        "ctq",
        lambda records: _signatures(CTQ_PARTIES, records.signed[CTQ]),
        _on(EXCHANGE, *_SIGNING_CTQ),
    ),
    Step("fa-signed", _("FA signed"), "fa", _fa_signatures, _on(EXCHANGE, *_SIGNING_FA)),
    Step("ready", _("Ready"), "see", _ready, _on(EXCHANGE, "set_ready", "answer_request")),
    Step("started", _("Started"), "see", _started, _on(EXCHANGE, "start_missed", "start_waits")),
    Step(
        "evidence", _("Evidence"), "evidence", _evidence, _on(EXCHANGE, "evidence") | _on(EVIDENCE, "answer_evidence")
    ),
    Step("report", _("Report"), "far", _report, _on(REPORT, "far", "answer_far", "far_unanswered")),
    Step("payable", _("Payable amount"), "money", _payable, _on(EXCHANGE, "accept_payable", "decide_payable")),
    Step("closed", _("Closed"), "see", _closed, _on(EXCHANGE, "close", "never_closed")),
    Step("paid", _("Paid"), "money", _paid, _on(PAYMENT, "pay", "payment_late")),
)
