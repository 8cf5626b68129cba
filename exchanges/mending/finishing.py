"""An exchange under way and after: figures, evidence, report, payment."""

from collections.abc import Iterable

from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves, first_gap, says_all, way
from cxc.workflow.requirements import TransitionContext
from exchanges import links
from exchanges.enums import EvidenceState, ReportState
from exchanges.mending.common import ENTRY, EVIDENCE, EXCHANGE, PAYMENT, REPORT, VO, VOP
from exchanges.models import Exchange, FinalActivityReport


def register() -> None:
    """Called when the app is ready."""
    says_all(EXCHANGE, "no_conflict")
    says_all(EVIDENCE, "is_physical", "evidence_can_be_handed_in", "hosts_own_letter", "no_conflict")
    says_all(REPORT, "exchange_ongoing", "no_conflict", "so_may_answer")
    says_all(PAYMENT, "no_conflict", "paid_in_part", "instalment_known")


def _exchange(context: TransitionContext) -> Exchange:
    found: Exchange = getattr(context.thing, "exchange", context.thing)
    return found


@way(EXCHANGE, "nothing_paid")
@way(PAYMENT, "nothing_paid")
def _paid(context: TransitionContext) -> Iterable[Way]:
    payment = _exchange(context).payment_or_none
    return by_moves(payment, ["unpay", "take_back_instalment"], path_of(_exchange(context), "payment"))


@way(EXCHANGE, "actual_stay_fits", "not_above_agreed", "days_off_are_valid", "only_downwards", "exchange_has_ended")
@way(REPORT, "exchange_has_ended")
def _actual(context: TransitionContext) -> Iterable[Way]:
    """Before its end only a stay that was cut short is entered: by whoever enters its days."""
    return by_moves(_exchange(context), ["correct_actual"], links.actual_figures(_exchange(context)))


@way(EXCHANGE, "payable_is_valid", "enough_days_for_partnership", "so_decides_payable", "payable_accepted")
@way(PAYMENT, "payable_still_accepted")
def _payable(context: TransitionContext) -> Iterable[Way]:
    """The Partnership decides; the Support Office under the least working days."""
    return by_moves(_exchange(context), ["accept_payable"], links.payable(_exchange(context)))


@way(EXCHANGE, "far_accepted")
def _report_of(context: TransitionContext) -> Iterable[Way]:
    report = context.thing.report_or_none
    if report is None:
        return []
    if report.state == ReportState.SUBMITTED:
        return by_moves(report, ["accept"], path_of(context.thing, "far"))
    return by_moves(report, ["submit"], links.report(context.thing))


@way(EXCHANGE, "evidence_accepted")
def _evidence(context: TransitionContext) -> Iterable[Way]:
    waiting = context.thing.evidence.filter(state=EvidenceState.WAITING).first()
    if waiting is not None:
        return by_moves(waiting, ["accept"], path_of(context.thing, "evidence"))
    return _handing_in(context.thing)


@way(EVIDENCE, "still_evidenced")
def _another(context: TransitionContext) -> Iterable[Way]:
    return _handing_in(context.thing.exchange)


def _handing_in(exchange: Exchange) -> list[Way]:
    return [Way(exchange, (VO, VOP), links.evidence(exchange))]


@way(REPORT, "report_complete")
def _report(context: TransitionContext) -> Iterable[Way]:
    gap = first_gap(context.thing, FinalActivityReport.COMPULSORY) or "activities"
    return by_moves(context.thing, ["edit"], links.form("report_edit", context.thing.exchange_id, gap))


@way(REPORT, "report_has_source_file")
def _paper(context: TransitionContext) -> Iterable[Way]:
    address = links.form("report_submit_for", context.thing.exchange_id, "file")
    return by_moves(context.thing, ["submit_for_visitor"], address)


@way(PAYMENT, "payment_is_valid")
def _payment(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["pay"], links.payment(context.thing))


@way(ENTRY, "payload_is_valid", "source_named")
def _entry(context: TransitionContext) -> Iterable[Way]:
    return (
        by_moves(context.thing, ["submit_again"], links.recorded_submission(context.thing)) if context.thing.pk else []
    )
