"""What an exchange needs to be closed, and what most transitions from its start on require."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions, options_on
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from cxc.workflow.todo import HandsIn, Todo
from exchanges import deadlines, fixes, links
from exchanges.deadlines import exchange_of
from exchanges.enums import EvidenceState, ExchangeState, ReportState
from profiles.enums import Modality

BY_ACTUAL_FIGURES = by_transitions("correct_actual", on=exchange_of, page=links.actual_figures)
# The Partnership decides; the Support Office under the least working days.
BY_PAYABLE_AMOUNT = by_transitions("accept_payable", on=exchange_of, page=links.payable)


@requirement(
    gettext_lazy("The exchange has ended."),
    otherwise=gettext_lazy("Wait until the exchange has ended, or enter first that the stay was cut short."),
    fix=BY_ACTUAL_FIGURES,
    met_from=deadlines.end_moment,
)
def exchange_has_ended(context: TransitionContext) -> object:
    """Before its end only a stay that was cut short is entered: by whoever enters its days."""
    over, end = deadlines.end_moment(context.thing), deadlines.last_day(context.thing)
    if over is None or end is None:
        return False
    return context.now >= over or _(
        "Wait until the exchange has ended on %(day)s, or enter first that the stay was cut short."
    ) % {"day": date_format(end)}


def _report(context: TransitionContext) -> list[FixOption]:
    """The next step on the report, and who can take it."""
    exchange = context.thing
    report = exchange.report_or_none
    if report is not None and report.state == ReportState.SUBMITTED:
        return options_on(report, ["accept"], links.report_decision(report))
    return options_on(report, ["submit"], links.report(exchange))


@requirement(
    gettext_lazy("The Final Activity Report is accepted."),
    otherwise=gettext_lazy("Have the Final Activity Report submitted and accepted first."),
    fix=Fix(_report),
    kind=Kind.DOCUMENT,
)
def far_accepted(context: TransitionContext) -> bool:
    report = context.thing.report_or_none
    if report is None and context.thing.is_recorded:
        return True
    return report is not None and report.state == ReportState.ACCEPTED


def _evidence(context: TransitionContext) -> list[FixOption]:
    """Whoever answers the first that waits; while none does, whoever hands in."""
    waiting = [one for one in context.thing.evidence.all() if one.state == EvidenceState.WAITING]
    if waiting:
        return options_on(waiting[0], ["accept"], links.evidence_decision(waiting[0]))
    return fixes.handing_in(context.thing)


HAND_IN_EVIDENCE = Todo(
    "evidence",
    (Side.VO,),
    gettext_lazy("Hand in evidence of your stay"),
    due=deadlines.LAST_DAY,
    remind=(-1, 3, 7, 14),
    text=gettext_lazy("Hotel invoice, boarding passes or the host's letter: a photo taken during the stay will do."),
    page=links.evidence,
    # Something waits for an answer, or was accepted.
    hides_when=lambda exchange: any(one.state != EvidenceState.RETURNED for one in exchange.evidence.all()),
    hands_in=HandsIn("exchanges.evidence", "exchange"),
    permission="evidence",
)


@requirement(
    gettext_lazy("The evidence is accepted."),
    otherwise=gettext_lazy("Have evidence of the stay handed in and accepted first."),
    fix=Fix(_evidence, todo=HAND_IN_EVIDENCE),
    kind=Kind.DOCUMENT,
)
def evidence_accepted(context: TransitionContext) -> object:
    """At least one piece accepted, and none still waiting for an answer."""
    if context.thing.modality != Modality.PHYSICAL:
        return True
    states = {one.state for one in context.thing.evidence.all()}
    if context.thing.is_recorded and not states:
        return True
    if EvidenceState.WAITING in states:
        return _("Have the evidence that still waits for an answer accepted or returned first.")
    return EvidenceState.ACCEPTED in states


@requirement(
    gettext_lazy("The payable amount is accepted."),
    otherwise=gettext_lazy("Accept the payable amount first."),
    fix=BY_PAYABLE_AMOUNT,
)
def payable_accepted(context: TransitionContext) -> bool:
    return context.thing.modality != Modality.PHYSICAL or context.thing.payable_accepted_at is not None


@requirement(
    gettext_lazy("Nothing is paid yet; otherwise the Support Office first sets the payment back to due."),
    otherwise=gettext_lazy("Ask the Support Office to set the payment back to due first: something is paid already."),
    fix=by_transitions(
        "unpay",
        "take_back_instalment",
        on=lambda thing: exchange_of(thing).payment_or_none,
        page=lambda payment: path_of(payment.exchange, "payment"),
    ),
)
def nothing_paid(context: TransitionContext) -> bool:
    payment = exchange_of(context.thing).payment_or_none
    return payment is None or not payment.paid_amount


@requirement(
    gettext_lazy(
        "Nobody decides on the money or the report of an organisation they belong to: another coordinator or the"
        " Support Office does."
    ),
    otherwise=gettext_lazy(
        "Leave this to another coordinator or to the Support Office: you belong to the visiting organisation."
    ),
    reads=Reads.ACTOR,
)
def no_conflict(context: TransitionContext) -> bool:
    return exchange_of(context.thing).organisation_id not in context.actor.organisations


@requirement(
    gettext_lazy("The exchange is physical."),
    otherwise=gettext_lazy("Leave this step out: it is for physical exchanges only."),
)
def is_physical(context: TransitionContext) -> bool:
    return bool(exchange_of(context.thing).modality == Modality.PHYSICAL)


@requirement(
    gettext_lazy("The exchange is ongoing."),
    otherwise=gettext_lazy("Wait until the exchange is ongoing, or leave it as it is if it is over."),
)
def exchange_is_ongoing(context: TransitionContext) -> bool:
    return bool(exchange_of(context.thing).state == ExchangeState.ONGOING)
