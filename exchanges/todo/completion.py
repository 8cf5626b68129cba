"""What is owed from the first day of an exchange until it is paid, and after."""

from typing import Any

from django.db.models import DateField, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side, VisibleQuerySet
from cxc.core.models.scheme import SchemeSettings
from cxc.todo.subjects import Reminder, TodoRule, TodoSubject
from cxc.workflow.deadlines import days
from cxc.workflow.todo import Due, Todo
from exchanges import deadlines, links, todo_inputs
from exchanges.enums import EvidenceState, ExchangeState, PaymentState, ReportState
from exchanges.models import Evidence, Exchange, FinalActivityReport, Payment
from exchanges.todo.parts import OF_EXCHANGE, label_of_part, zone_of_part

VO, HO, SO = Side.VO, Side.HO, Side.SO
ONGOING, CLOSED = ExchangeState.ONGOING, ExchangeState.CLOSED
FINISHING = _("Exchange finalisation")
# Closed exchanges are looked at for so long, or until the last date of the follow-up is over, if that is later.
FOLLOW_UP_PERIOD = days(430)

# What names, links, days and sides read of an exchange.
RELATIONS = (
    "organisation",
    "generation",
    "visit__host_profile__organisation",
    "match__visiting_profile__partnership__seat",
    "match__host_profile",
)
RELATIONS_OF_PART = tuple(f"exchange__{name}" for name in RELATIONS)


def _is_ongoing(exchange: Any, _deadlines: Any) -> bool:
    return exchange.state == ONGOING


NEVER_CLOSED = TodoRule(
    Todo(
        "never_closed",
        (SO,),
        _("Close the exchange: it ended 30 days ago"),
        due=deadlines.CLOSED,
        anchor="state",
        blocks=False,
        visible_from=deadlines.stuck_moment,
    ),
    _is_ongoing,
)


def _feedback(side: Side, label: Any) -> TodoRule:
    return TodoRule(
        Todo(
            f"feedback_{side}",
            (side,),
            label,
            due=deadlines.FEEDBACK,
            remind=(-12, -3),
            text=_("Both sides see it once both have given theirs, or on that day."),
            page=links.feedback,
            blocks=False,
            optional=True,
            visible_from=deadlines.end_moment,
            visible_until=deadlines.feedback_until,
        ),
        lambda exchange, _deadlines: all(one.side != side for one in exchange.feedback.all()),
    )


def _follow_up(number: int, due: Due) -> Reminder:
    """The date of this number, from 0 on: each stands by itself, from when the one before is over."""
    todo = Todo(
        f"follow_up_{number + 1}" if number else "follow_up",
        (VO, HO),
        _("Follow up what you agreed"),
        due=due,
        remind=(0,),
        text=_("Your Commitment to Quality says what host and visitor wanted to do after the exchange."),
        anchor="ctq",
        visible_from=deadlines.follow_up_until(number - 1) if number else None,
        visible_until=deadlines.follow_up_until(number),
    )
    return Reminder(todo, lambda exchange, at: exchange.state == CLOSED and due.day(exchange, at) is not None)


FOLLOW_UPS = tuple(_follow_up(number, due) for number, due in enumerate(deadlines.FOLLOW_UPS))


def _end_whose_follow_up_is_over() -> Subquery:
    """The last day of a stay whose last follow-up, by the settings, is not worth a mail any more; NULL without any."""
    day = RawSQL(
        "(%s - make_interval(months => (SELECT max(number) FROM unnest(follow_up_months) AS number),"
        " days => reminder_max_age_days + 2))::date",
        [clock.today()],
        output_field=DateField(),
    )
    return Subquery(SchemeSettings.objects.values_list(day))


def _under_way_or_closed() -> VisibleQuerySet:
    lately = Q(actual_end__gte=clock.today() - FOLLOW_UP_PERIOD) | Q(actual_end__gte=_end_whose_follow_up_is_over())
    found = Exchange.objects.filter(Q(state=ONGOING) | Q(state=CLOSED, is_recorded=False) & lately)
    return found.select_related(*RELATIONS, "report", "payment").prefetch_related("evidence", "feedback")


EXCHANGES = TodoSubject(
    "exchanges.exchange",
    FINISHING,
    _under_way_or_closed,
    rules=(
        NEVER_CLOSED,
        _feedback(VO, _("Say how your host did")),
        _feedback(HO, _("Say how your visitor did")),
        *FOLLOW_UPS,
    ),
    states=(ONGOING, CLOSED),
    zone=lambda exchange: exchange.visit.time_zone,
    inputs=todo_inputs.STAY,
)


def _reports() -> VisibleQuerySet:
    """Those that are not accepted yet; what was recorded afterwards is asked of nobody."""
    found = FinalActivityReport.objects.filter(exchange__state=ONGOING, exchange__is_recorded=False)
    return found.exclude(state=ReportState.ACCEPTED).select_related(*RELATIONS_OF_PART)


REPORTS = TodoSubject(
    "exchanges.finalactivityreport",
    FINISHING,
    _reports,
    name_path="exchange",
    read_for=("far",),
    label=label_of_part,
    zone=zone_of_part,
    holds_up=OF_EXCHANGE,
    inputs=todo_inputs.OF_STAY,
)


def _waiting_evidence() -> VisibleQuerySet:
    """With all that the same exchange has handed in."""
    found = Evidence.objects.filter(
        state=EvidenceState.WAITING, exchange__state__in=(ONGOING, CLOSED), exchange__is_recorded=False
    )
    return found.select_related(*RELATIONS_OF_PART, "exchange__payment").prefetch_related("exchange__evidence")


EVIDENCE = TodoSubject(
    "exchanges.evidence",
    FINISHING,
    _waiting_evidence,
    name_path="exchange",
    read_for=(),
    label=label_of_part,
    zone=zone_of_part,
    holds_up=OF_EXCHANGE,
    inputs=todo_inputs.EVIDENCE,
)


def _due_payments() -> VisibleQuerySet:
    """Due ones, whatever became of the exchange; what was recorded afterwards is asked of nobody."""
    found = Payment.objects.filter(state=PaymentState.DUE, exchange__is_recorded=False)
    return found.select_related(*RELATIONS_OF_PART)


PAYMENTS = TodoSubject(
    "exchanges.payment",
    FINISHING,
    _due_payments,
    name_path="exchange",
    read_for=(),
    label=label_of_part,
    holds_up=OF_EXCHANGE,
    inputs=todo_inputs.OF_STAY,
)
