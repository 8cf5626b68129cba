"""An exchange under way and after: figures, evidence, report, payment."""

from collections.abc import Iterable

from cxc.ground.addresses import path_of
from cxc.ground.mending import Way, by_moves, first_gap, says_all, way
from cxc.workflow.requirement import Ask
from exchanges import places
from exchanges.enums import EvidenceState, ReportState
from exchanges.mending.common import ENTRY, EVIDENCE, EXCHANGE, PAYMENT, REPORT, VO, VOP
from exchanges.models import Exchange, FinalActivityReport


def register() -> None:
    """Called when the app is ready."""
    says_all(EXCHANGE, "no_conflict")
    says_all(EVIDENCE, "is_physical", "evidence_time", "hosts_own_letter", "no_conflict")
    says_all(REPORT, "exchange_ongoing", "no_conflict", "so_answers_too")
    says_all(PAYMENT, "no_conflict", "paid_in_part", "instalment_known")


def _exchange(ask: Ask) -> Exchange:
    found: Exchange = getattr(ask.thing, "exchange", ask.thing)
    return found


@way(EXCHANGE, "nothing_paid")
@way(PAYMENT, "nothing_paid")
def _paid(ask: Ask) -> Iterable[Way]:
    payment = _exchange(ask).payment_or_none
    return by_moves(payment, ["unpay", "take_back_instalment"], path_of(_exchange(ask), "payment"))


@way(EXCHANGE, "actual_stay_fits", "not_above_agreed", "days_off_right", "downwards", "end_past")
@way(REPORT, "end_past")
def _actual(ask: Ask) -> Iterable[Way]:
    """Before its end only a stay that was cut short is entered: by whoever enters its days."""
    return by_moves(_exchange(ask), ["correct_actual"], places.actual(_exchange(ask)))


@way(EXCHANGE, "payable_right", "enough_days_for_partnership", "so_decides_payable", "payable_accepted")
@way(PAYMENT, "payable_stands")
def _payable(ask: Ask) -> Iterable[Way]:
    """The Partnership decides; the Support Office under the least working days."""
    return by_moves(_exchange(ask), ["accept_payable"], places.payable(_exchange(ask)))


@way(EXCHANGE, "far_accepted")
def _report_of(ask: Ask) -> Iterable[Way]:
    report = ask.thing.report_or_none
    if report is None:
        return []
    if report.state == ReportState.SUBMITTED:
        return by_moves(report, ["accept"], path_of(ask.thing, "far"))
    return by_moves(report, ["submit"], places.report(ask.thing))


@way(EXCHANGE, "evidence_accepted")
def _evidence(ask: Ask) -> Iterable[Way]:
    waiting = ask.thing.evidence.filter(state=EvidenceState.WAITING).first()
    if waiting is not None:
        return by_moves(waiting, ["accept"], path_of(ask.thing, "evidence"))
    return _handing_in(ask.thing)


@way(EVIDENCE, "still_evidenced")
def _another(ask: Ask) -> Iterable[Way]:
    return _handing_in(ask.thing.exchange)


def _handing_in(exchange: Exchange) -> list[Way]:
    return [Way(exchange, (VO, VOP), places.evidence(exchange))]


@way(REPORT, "report_complete")
def _report(ask: Ask) -> Iterable[Way]:
    gap = first_gap(ask.thing, FinalActivityReport.COMPULSORY) or "activities"
    return by_moves(ask.thing, ["edit"], places.form("report_edit", ask.thing.exchange_id, gap))


@way(REPORT, "paper_behind_report")
def _paper(ask: Ask) -> Iterable[Way]:
    address = places.form("report_submit_for", ask.thing.exchange_id, "file")
    return by_moves(ask.thing, ["submit_for_visitor"], address)


@way(PAYMENT, "payment_right")
def _payment(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["pay"], places.payment(ask.thing))


@way(ENTRY, "payload_understood", "source_named")
def _entry(ask: Ask) -> Iterable[Way]:
    return by_moves(ask.thing, ["submit_again"], places.entry(ask.thing)) if ask.thing.pk else []
