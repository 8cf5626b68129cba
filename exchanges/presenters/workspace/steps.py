"""The steps of an exchange, as columns of the workspace: how far each is, and by which right it is seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc.core.amounts import in_eur
from cxc.core.moments import local_day
from exchanges.enums import (
    AGREEMENT,
    BEING_WRITTEN_STATES,
    CTQ_PARTIES,
    EVIDENCE,
    EXCHANGE,
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
from exchanges.queries.workspace import Progress, missing

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState
STARTED = (ONGOING, CLOSED)


class Stage(IntEnum):
    """How far a step is; sorts a column."""

    NOT_NEEDED = 0
    TO_DO = 1
    UNDER_WAY = 2
    RETURNED = 3
    DONE = 4


@dataclass(frozen=True)
class Standing:
    """How far one step of one exchange is, and in which words."""

    stage: Stage
    text: str


@dataclass(frozen=True)
class Step:
    """One column.

    act     the reading act on the exchange by which it is seen
    owed    what is owed in this step: kind of thing and code of the to-do
    of      how far it is
    """

    code: str
    label: Any
    act: str
    of: Callable[[Progress], Standing]
    owed: frozenset[tuple[str, str]] = frozenset()


def _days(start: date | None, end: date | None) -> str:
    return f"{date_format(start, 'j M')} – {date_format(end, 'j M')}" if start and end else ""


def _plan(progress: Progress) -> Standing:
    exchange = progress.exchange
    if exchange.type_id is None:
        return Standing(Stage.TO_DO, _now("no type yet"))
    return Standing(Stage.UNDER_WAY if exchange.state == DRAFT else Stage.DONE, str(exchange.type))


def _agreed(progress: Progress) -> Standing:
    exchange = progress.exchange
    days = _days(exchange.agreed_start, exchange.agreed_end)
    amount_missing = exchange.is_physical and exchange.agreed_lump_sum is None
    if exchange.sector_id is None or not days or amount_missing:
        return Standing(Stage.UNDER_WAY if days or exchange.sector_id else Stage.TO_DO, days or _now("to be agreed"))
    return Standing(Stage.DONE, days)


def _texts(progress: Progress) -> Standing:
    part = progress.exchange.own_part_or_none
    if part is None:
        return Standing(Stage.TO_DO, "–")
    gaps = len(part.gaps())
    if not gaps:
        return Standing(Stage.DONE, _now("filled in"))
    return Standing(
        Stage.TO_DO if gaps == len(part.NEEDED) else Stage.UNDER_WAY, _now("%(gaps)d missing") % {"gaps": gaps}
    )


def _payee(progress: Progress) -> Standing:
    agreement = progress.exchange.agreement_or_none
    if not progress.exchange.is_physical:
        return Standing(Stage.NOT_NEEDED, "–")
    if agreement is None or agreement.missing_bank_details():
        return Standing(Stage.TO_DO, _now("missing"))
    return Standing(Stage.DONE, _now("entered"))


def _document(part: Any, *, is_needed: bool = True) -> Standing:
    if not is_needed:
        return Standing(Stage.NOT_NEEDED, "–")
    if part is None:
        return Standing(Stage.TO_DO, "–")
    if part.state == PartState.RETURNED:
        return Standing(Stage.RETURNED, _now("returned"))
    if part.state in BEING_WRITTEN_STATES:
        return Standing(Stage.TO_DO, _now("being written"))
    stage = Stage.UNDER_WAY if part.state == PartState.READY else Stage.DONE
    return Standing(stage, part.get_state_display())


def _signatures(parties: Iterable[Party], signed: frozenset[str]) -> Standing:
    """How many have signed; whose signatures are missing, where some have."""
    lacking, number = missing(parties, signed), len(tuple(parties))
    if not lacking:
        return Standing(Stage.DONE, _now("all"))
    if len(lacking) == number:
        return Standing(Stage.TO_DO, _now("none yet"))
    names = ", ".join(party.value.upper() for party in lacking)
    return Standing(Stage.UNDER_WAY, _now("missing: %(parties)s") % {"parties": names})


def _fa_signatures(progress: Progress) -> Standing:
    if not progress.exchange.is_physical:
        return Standing(Stage.NOT_NEEDED, "–")
    return _signatures(FA_PARTIES, progress.fa_signed)


def _ready(progress: Progress) -> Standing:
    exchange = progress.exchange
    if exchange.state in (READY, *STARTED):
        return Standing(Stage.DONE, _day_of(exchange.ready_at, exchange))
    return Standing(Stage.TO_DO, "–")


def _started(progress: Progress) -> Standing:
    exchange = progress.exchange
    if exchange.state in STARTED:
        return Standing(Stage.DONE, _day_of(exchange.started_at, exchange))
    return Standing(Stage.TO_DO, "–")


def _evidence(progress: Progress) -> Standing:
    if not progress.exchange.is_physical:
        return Standing(Stage.NOT_NEEDED, "–")
    states = [one.state for one in progress.evidence]
    if EvidenceState.WAITING in states:
        return Standing(Stage.UNDER_WAY, _now("to be answered"))
    if EvidenceState.ACCEPTED in states:
        return Standing(Stage.DONE, _now("accepted"))
    return Standing(Stage.RETURNED, _now("returned")) if states else Standing(Stage.TO_DO, "–")


_REPORT_STAGES = {
    ReportState.DRAFT: Stage.TO_DO,
    ReportState.SUBMITTED: Stage.UNDER_WAY,
    ReportState.RETURNED: Stage.RETURNED,
    ReportState.ACCEPTED: Stage.DONE,
}


def _report(progress: Progress) -> Standing:
    report = progress.exchange.report_or_none
    if report is None:
        return Standing(Stage.TO_DO, "–")
    return Standing(_REPORT_STAGES[ReportState(report.state)], report.get_state_display())


def _payable(progress: Progress) -> Standing:
    exchange = progress.exchange
    if not exchange.is_physical:
        return Standing(Stage.NOT_NEEDED, "–")
    if exchange.payable_accepted_at is None or exchange.payable is None:
        return Standing(Stage.TO_DO, "–")
    return Standing(Stage.DONE, in_eur(exchange.payable))


def _closed(progress: Progress) -> Standing:
    exchange = progress.exchange
    if exchange.state == CLOSED:
        return Standing(Stage.DONE, _day_of(exchange.closed_at, exchange))
    return Standing(Stage.TO_DO, "–")


def _paid(progress: Progress) -> Standing:
    payment = progress.exchange.payment_or_none
    if not progress.exchange.is_physical:
        return Standing(Stage.NOT_NEEDED, "–")
    if payment is None:
        return Standing(Stage.TO_DO, "–")
    if payment.state == PaymentState.PAID:
        return Standing(Stage.DONE, in_eur(payment.paid_amount))
    return Standing(Stage.UNDER_WAY, _now("%(amount)s due") % {"amount": in_eur(payment.amount_due)})


def _day_of(moment: datetime | None, exchange: Exchange) -> str:
    """The local day of the visit; what was recorded afterwards may have no moment."""
    return date_format(local_day(moment, exchange.visit.time_zone), "j M") if moment else _now("yes")


def _on(kind: str, *codes: str) -> frozenset[tuple[str, str]]:
    return frozenset((kind, code) for code in codes)


_SIGNING_CTQ = ("sign_ctq_vo", "sign_ctq_ho", "sign_ctq_vop", "sign_ctq_hop")
_SIGNING_FA = ("sign_fa_vo", "sign_fa_vop")
_NAMING = ("name_signatory_vo", "name_signatory_vop", "enter_details_vo", "enter_details_vop", "different_signatories")

STEPS: tuple[Step, ...] = (
    Step("plan", _("Type"), "see", _plan, _on(EXCHANGE, "prepare")),
    Step("agreed", _("Sector, agreed figures"), "see", _agreed, _on(EXCHANGE, "agree_figures")),
    Step("texts", _("Own part"), "ctq", _texts, _on(OWN, "own_part")),
    Step("payee", _("Payee"), "fa", _payee, _on(AGREEMENT, "iban")),
    Step(
        "ctq",
        _("CTQ"),
        "ctq",
        lambda progress: _document(progress.exchange.own_part_or_none),
        _on(OWN, "own_part_ready", "validate_own") | _on(EXCHANGE, *_NAMING),
    ),
    Step(
        "fa",
        _("FA"),
        "fa",
        lambda progress: _document(progress.exchange.agreement_or_none, is_needed=progress.exchange.is_physical),
        _on(AGREEMENT, "fa_ready", "validate_fa"),
    ),
    Step(
        "ctq-signed",
        _("CTQ signed"),
        "ctq",
        lambda progress: _signatures(CTQ_PARTIES, progress.ctq_signed),
        _on(EXCHANGE, *_SIGNING_CTQ),
    ),
    Step("fa-signed", _("FA signed"), "fa", _fa_signatures, _on(EXCHANGE, *_SIGNING_FA)),
    Step("ready", _("Ready"), "see", _ready, _on(EXCHANGE, "set_ready", "answer_request")),
    Step("started", _("Started"), "see", _started, _on(EXCHANGE, "start_missed", "start_waits")),
    Step(
        "evidence", _("Evidence"), "evidence", _evidence, _on(EXCHANGE, "evidence") | _on(EVIDENCE, "answer_evidence")
    ),
    Step("report", _("Report"), "far", _report, _on(REPORT, "far", "answer_far", "far_unanswered")),
    Step("payable", _("Payable"), "money", _payable, _on(EXCHANGE, "accept_payable", "decide_payable")),
    Step("closed", _("Closed"), "see", _closed, _on(EXCHANGE, "close", "never_closed")),
    Step("paid", _("Paid"), "money", _paid, _on(PAYMENT, "pay", "payment_late")),
)
