"""What is owed from the first day of an exchange until it is paid, and after."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch, never
from cxc.todo.subjects import TodoRule
from cxc.workflow.deadlines import Deadlines, days
from exchanges import links
from exchanges.deadlines import answer_by
from exchanges.duties import reading as r
from exchanges.enums import EvidenceState, ExchangeState, PaymentState, ReportState
from exchanges.models import Exchange, Payment

VO, HO, VOP, SO = Side.VO, Side.HO, Side.VOP, Side.SO
ONGOING, CLOSED = ExchangeState.ONGOING, ExchangeState.CLOSED
FAR_TO_WRITE = (ReportState.DRAFT, ReportState.RETURNED)
# A stay that ended this long ago and is not closed is one for the Support Office to look at.
STUCK_AFTER = days(30)


# The last thing the portal asks for is the follow-up a year after the end.
LOOKED_AFTER = days(430)


def _under_way_or_closed() -> VisibleQuerySet:
    closed = Q(state=CLOSED, is_recorded=False, actual_end__gte=clock.today() - LOOKED_AFTER)
    found = Exchange.objects.filter(Q(state=ONGOING) | closed)
    return (
        found.with_display_relations()
        .select_related("report", "payment", r.SEAT)
        .prefetch_related("evidence", "feedback")
    )


def _far_due(exchange: Exchange, deadlines: Deadlines) -> date | None:
    return exchange.end + days(deadlines.scheme.far_days) if exchange.end else None


def _last_day(exchange: Exchange, _deadlines: Deadlines) -> date | None:
    return exchange.end


def _evidence_owed(exchange: Exchange, _deadlines: Deadlines) -> bool:
    """During the stay and after it: nothing handed in yet, or all of it returned."""
    handed_in = r.evidence_states(exchange) - {EvidenceState.RETURNED}
    return exchange.state == ONGOING and exchange.is_physical and not handed_in


def _far_state(exchange: Exchange) -> str | None:
    report = exchange.report_or_none
    return report.state if report else None


def _far_owed(exchange: Exchange, deadlines: Deadlines) -> bool:
    return exchange.state == ONGOING and r.has_ended(exchange, deadlines) and _far_state(exchange) in FAR_TO_WRITE


def _far_answer_due(exchange: Exchange, deadlines: Deadlines) -> date | None:
    report = exchange.report_or_none
    if report is None or report.submitted_at is None:
        return None
    return answer_by(report.submitted_at, deadlines.scheme.far_answer_working_days, deadlines, exchange.vop)


def _far_unanswered(exchange: Exchange, deadlines: Deadlines) -> bool:
    due = _far_answer_due(exchange, deadlines)
    submitted = exchange.state == ONGOING and _far_state(exchange) == ReportState.SUBMITTED
    return submitted and due is not None and due < deadlines.today()


def _evidence_waits(exchange: Exchange, _deadlines: Deadlines) -> bool:
    paid = exchange.payment_or_none is not None and exchange.payment_or_none.state == PaymentState.PAID
    return EvidenceState.WAITING in r.evidence_states(exchange) and not paid


def _evidence_answer_due(exchange: Exchange, deadlines: Deadlines) -> date | None:
    waiting = [paper.uploaded_at for paper in exchange.evidence.all() if paper.state == EvidenceState.WAITING]
    if not waiting:
        return None
    return answer_by(min(waiting), deadlines.scheme.far_answer_working_days, deadlines, exchange.vop)


def _payable_open(exchange: Exchange, deadlines: Deadlines) -> bool:
    return exchange.state == ONGOING and r.has_ended(exchange, deadlines) and not r.payable_done(exchange)


def _can_close(exchange: Exchange, deadlines: Deadlines) -> bool:
    done = _far_state(exchange) == ReportState.ACCEPTED and r.evidence_done(exchange) and r.payable_done(exchange)
    return exchange.state == ONGOING and r.has_ended(exchange, deadlines) and done


def _never_closed(exchange: Exchange, deadlines: Deadlines) -> bool:
    ended = exchange.end is not None and exchange.end + STUCK_AFTER < deadlines.today(exchange.visit.time_zone)
    return exchange.state == ONGOING and ended


def _feedback_due(exchange: Exchange, deadlines: Deadlines) -> date | None:
    return exchange.end + days(deadlines.scheme.feedback_blind_days) if exchange.end else None


def _feedback_owed(side: Side, exchange: Exchange, deadlines: Deadlines) -> bool:
    """Until it is shown to the other side anyway, and a while longer."""
    due = _feedback_due(exchange, deadlines)
    asked = due is not None and deadlines.today() <= due + days(deadlines.scheme.reminder_max_age_days)
    given = any(row.side == side for row in exchange.feedback.all())
    return asked and not given and r.has_ended(exchange, deadlines)


def _follow_up_day(exchange: Exchange, deadlines: Deadlines) -> date | None:
    """The next follow-up date, or the last one while it is worth a word."""
    if exchange.end is None:
        return None
    dates = [exchange.end + relativedelta(months=months) for months in sorted(deadlines.scheme.follow_up_months)]
    recent = deadlines.today() - days(deadlines.scheme.reminder_max_age_days)
    return next((day for day in dates if day >= recent), None)


def _feedback(side: Side, title: object) -> TodoRule:
    return Duty(
        f"feedback_{side}",
        title,
        (side,),
        lambda exchange, deadlines: _feedback_owed(side, exchange, deadlines),
        due=_feedback_due,
        due_says=_("14 days after the end"),
        reminds=(-12, -3),
        words=_("Both sides see it once both have given theirs, or on that day."),
        page=links.feedback,
        holds=never,
    )


FINISHING = Watch(
    "exchanges.exchange",
    _("Exchange finalisation"),
    _under_way_or_closed,
    (
        Duty(
            "evidence",
            _("Hand in evidence of your stay"),
            (VO,),
            _evidence_owed,
            due=_last_day,
            due_says=_("the last day of the stay"),
            reminds=(-1, 3, 7, 14),
            words=_("Hotel invoice, boarding passes or the host's letter: a photo taken during the stay will do."),
            page=links.evidence,
        ),
        Duty(
            "far",
            _("Write and submit the Final Activity Report"),
            (VO,),
            _far_owed,
            due=_far_due,
            due_says=_("7 days after the end"),
            reminds=(-6, -1, 1, 7, 14),
            words=_("The payment waits for it."),
            page=links.report,
        ),
        Duty(
            "answer_evidence",
            _("Accept or return the evidence"),
            (VOP,),
            _evidence_waits,
            due=_evidence_answer_due,
            due_says=_("5 working days (seat of the Partnership) after it was handed in"),
            reminds=(-1, 3, 10),
            place="evidence",
            conflict=r.visitor_id,
        ),
        Duty(
            "answer_far",
            _("Accept or return the Final Activity Report"),
            (VOP,),
            lambda exchange, _deadlines: exchange.state == ONGOING and _far_state(exchange) == ReportState.SUBMITTED,
            due=_far_answer_due,
            due_says=_("5 working days (seat of the Partnership) after it was submitted"),
            reminds=(-1, 1, 7, 14),
            words=_("The visitor waits for your answer."),
            place="far",
            conflict=r.visitor_id,
        ),
        Duty(
            "far_unanswered",
            _("The Final Activity Report has not been answered in time: send a reminder, or answer instead"),
            (SO,),
            _far_unanswered,
            due=_far_answer_due,
            place="far",
            holds=never,
        ),
        Duty(
            "accept_payable",
            _("Accept the payable amount"),
            (VOP,),
            lambda exchange, deadlines: _payable_open(exchange, deadlines) and r.enough_days(exchange),
            due=_far_due,
            page=links.payable,
            conflict=r.visitor_id,
        ),
        Duty(
            "decide_payable",
            _("Decide the payable amount of a stay below the minimum of working days"),
            (SO,),
            lambda exchange, deadlines: _payable_open(exchange, deadlines) and not r.enough_days(exchange),
            due=_far_due,
            page=links.payable,
        ),
        Duty(
            "close",
            _("Everything is there: close the exchange"),
            (VOP,),
            _can_close,
            place="state",
        ),
        Duty(
            "never_closed",
            _("Ended a month ago and not closed"),
            (SO,),
            _never_closed,
            due=lambda exchange, _deadlines: exchange.end + STUCK_AFTER if exchange.end else None,
            place="state",
            holds=never,
        ),
        _feedback(VO, _("Say how your host did")),
        _feedback(HO, _("Say how your visitor did")),
        Duty(
            "follow_up",
            _("Follow up what you agreed"),
            (VO, HO),
            lambda exchange, _deadlines: exchange.state == CLOSED,
            due=_follow_up_day,
            due_says=_("2 and 12 months after the end"),
            reminds=(0,),
            words=_("Your Commitment to Quality says what host and visitor wanted to do after the exchange."),
            listed=False,
            place="ctq",
        ),
    ),
    label=r.label,
    zone=r.zone,
)


def _due_payments() -> VisibleQuerySet:
    """Due ones, whatever became of the exchange; what was recorded afterwards is asked of nobody."""
    return Payment.objects.filter(state=PaymentState.DUE, exchange__is_recorded=False).select_related(
        "exchange__organisation",
        "exchange__visit__host_profile__organisation",
        "exchange__match__visiting_profile__partnership",
        "exchange__match__host_profile",
    )


PAYMENTS = Watch(
    "exchanges.payment",
    _("Exchange finalisation"),
    _due_payments,
    (
        Duty(
            "pay",
            _("Pay the visitor, and enter the payment"),
            (VOP,),
            lambda _payment, _deadlines: True,
            due=lambda payment, _deadlines: payment.due_on,
            due_says=_("10 working days (seat of the Partnership) after report and evidence are in"),
            reminds=(-3, 1, 7, 14),
            words=_("Enter date, amount and reference once it is paid."),
            page=links.payment,
            conflict=lambda payment: r.visitor_id(payment.exchange),
        ),
        Duty(
            "payment_late",
            _("The payment is late: ask the Partnership"),
            (SO,),
            lambda payment, deadlines: payment.due_on < deadlines.today(),
            due=lambda payment, _deadlines: payment.due_on,
            place="payment",
            holds=never,
        ),
    ),
    label=r.label_of_part,
    holds_up=lambda payment: [("exchanges.exchange", payment.exchange_id)],
)
