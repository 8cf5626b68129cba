"""What an exchange needs to be closed, and what evidence, report and payment need."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.amounts import in_eur
from cxc.core.models import SchemeSettings
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import EvidenceKind, EvidenceState, ExchangeState, PaymentState, ReportState
from exchanges.rules.money import payment_amount_problem, payment_day_problem, seat_day_after
from exchanges.rules.stay import NEXT_DAY, actual_stay_problem, figures_of
from profiles.deadlines import seat_date
from profiles.enums import Modality, PartnershipRole


def _exchange(context: TransitionContext) -> Any:
    """The exchange itself, or the one that the thing belongs to."""
    return getattr(context.thing, "exchange", context.thing)


@requirement(gettext_lazy("The exchange has ended."), anchor="actual")
def exchange_has_ended(context: TransitionContext) -> object:
    exchange = _exchange(context)
    end = exchange.actual_end or exchange.agreed_end
    return (end is not None and context.now >= exchange.visit.midnight_of(end + NEXT_DAY)) or _(
        "The exchange lasts until %(day)s; a stay cut short is entered as such first."
    ) % {"day": date_format(end) if end else "–"}


@requirement(gettext_lazy("The Final Activity Report is accepted."), kind=Kind.DOCUMENT, anchor="far")
def far_accepted(context: TransitionContext) -> bool:
    report = context.thing.report_or_none
    if report is None and context.thing.is_recorded:
        return True
    return report is not None and report.state == ReportState.ACCEPTED


@requirement(gettext_lazy("The evidence is accepted."), kind=Kind.DOCUMENT, anchor="evidence")
def evidence_accepted(context: TransitionContext) -> object:
    """At least one piece accepted, and none still waiting for an answer."""
    if context.thing.modality != Modality.PHYSICAL or (
        context.thing.is_recorded and not context.thing.evidence.exists()
    ):
        return True
    states = set(context.thing.evidence.values_list("state", flat=True))
    if EvidenceState.WAITING in states:
        return _("Some evidence still waits for an answer.")
    return EvidenceState.ACCEPTED in states or _("No evidence of the stay has been accepted yet.")


@requirement(gettext_lazy("The payable amount is accepted."), anchor="payable")
def payable_accepted(context: TransitionContext) -> bool:
    return context.thing.modality != Modality.PHYSICAL or context.thing.payable_accepted_at is not None


@requirement(gettext_lazy("A Partnership corrects the actual figures downwards only; the Support Office may do more."))
def only_downwards(context: TransitionContext) -> bool:
    """Nothing to say while no figures are given: the screen offers the form."""
    if not context.facts:
        return True
    exchange = context.thing
    start, end = context.facts.get("start", exchange.actual_start), context.facts.get("end", exchange.actual_end)
    return bool(start >= exchange.agreed_start and end <= exchange.agreed_end)


@requirement(
    gettext_lazy("The stay as it was is possible: days in order, not longer than a month, in the generation."),
    anchor="actual",
)
def actual_stay_fits(context: TransitionContext) -> object:
    """It may fall below the least working days."""
    return not (problem := actual_stay_problem(context.thing, figures_of(context.thing, "actual"))) or problem


@requirement(
    gettext_lazy("A Partnership enters no more working days than were agreed; the Support Office may."), anchor="actual"
)
def not_above_agreed(context: TransitionContext) -> bool:
    return context.side is Side.SO or bool(context.thing.actual_working_days <= context.thing.agreed_working_days)


@requirement(gettext_lazy("Each day not worked is a working day of the stay and has its reason."), anchor="actual")
def days_off_are_valid(context: TransitionContext) -> object:
    exchange, days_off = context.thing, context.facts.get("days_off", {})
    unsaid = [day for day, reason in days_off.items() if not reason.strip()]
    if unsaid:
        return _("Say why %(day)s was not worked.") % {"day": date_format(min(unsaid))}
    strange = set(days_off) - set(exchange.days_counted(exchange.actual_start, exchange.actual_end))
    return not strange or _("%(day)s is no working day of this stay, so it can't be taken off.") % {
        "day": date_format(min(strange))
    }


@requirement(gettext_lazy("Nothing is paid yet; otherwise the Support Office first sets the payment back to due."))
def nothing_paid(context: TransitionContext) -> bool:
    payment = _exchange(context).payment_or_none
    return payment is None or not payment.paid_amount


@requirement(
    gettext_lazy(
        "Nobody decides on the money or the report of an organisation they belong to: another coordinator or the"
        " Support Office does."
    )
)
def no_conflict(context: TransitionContext) -> bool:
    return _exchange(context).organisation_id not in context.actor.organisations


@requirement(gettext_lazy("Below the minimum of working days the Support Office decides the amount."), anchor="payable")
def enough_days_for_partnership(context: TransitionContext) -> bool:
    exchange = _exchange(context)
    days = exchange.actual_working_days
    return context.side is Side.SO or (days is not None and days >= exchange.generation.min_working_days)


@requirement(
    gettext_lazy(
        "The visitor's Partnership decides; the Support Office does below the minimum of working days, or where"
        " somebody of the Partnership belongs to the visitor."
    ),
    anchor="payable",
)
def so_decides_payable(context: TransitionContext) -> bool:
    exchange = context.thing
    few = (exchange.actual_working_days or 0) < exchange.generation.min_working_days
    return context.is_recorded or few or _vop_has_a_conflict(exchange)


@requirement(
    gettext_lazy("The visitor's Partnership answers first; the Support Office too when its days for it are over."),
    anchor="far",
)
def so_may_answer(context: TransitionContext) -> object:
    """Without waiting where the Partnership has a conflict of interest."""
    report = context.thing
    if report.submitted_at is None or context.is_recorded or _vop_has_a_conflict(report.exchange):
        return True
    vop, days = report.exchange.vop, SchemeSettings.current().far_answer_working_days
    until = seat_day_after(vop, seat_date(vop, report.submitted_at), days)
    return seat_date(vop, context.now) > until or _(
        "%(partnership)s has until %(day)s to answer; after that the Support Office can too."
    ) % {"partnership": vop, "day": date_format(until)}


def _vop_has_a_conflict(exchange: Any) -> bool:
    """Whether a coordinator of the visitor's Partnership belongs to the visitor."""
    coordinators = exchange.vop.memberships.filter(role=PartnershipRole.COORDINATOR)
    return bool(coordinators.filter(user__memberships__organisation_id=exchange.organisation_id).exists())


@requirement(
    gettext_lazy(
        "The payable amount is at most the Financial Agreement's; where it is not what the pay-out rule gives, it is"
        " said why."
    ),
    anchor="payable",
)
def payable_is_valid(context: TransitionContext) -> object:
    exchange, by_rule = context.thing, context.thing.payable_by_rule()
    amount, most = exchange.payable, exchange.agreed_lump_sum
    if amount is None or most is None:
        return _("No lump sum is agreed, so nothing can be paid: ask the Support Office.")
    if not 0 <= amount <= most:
        return _("Enter an amount from 0 to the agreement's %(most)s.") % {"most": in_eur(most)}
    return (
        amount == by_rule
        or bool(exchange.payable_why)
        or _("The pay-out rule gives %(amount)s: say why another amount is paid.") % {"amount": in_eur(by_rule)}
    )


@requirement(gettext_lazy("The exchange is physical."))
def is_physical(context: TransitionContext) -> bool:
    return bool(_exchange(context).modality == Modality.PHYSICAL)


@requirement(gettext_lazy("The exchange is ongoing."))
def exchange_ongoing(context: TransitionContext) -> bool:
    return bool(_exchange(context).state == ExchangeState.ONGOING)


@requirement(gettext_lazy("The exchange is ongoing, or closed and not yet paid."))
def evidence_can_be_handed_in(context: TransitionContext) -> bool:
    exchange = _exchange(context)
    if exchange.state == ExchangeState.ONGOING:
        return True
    payment = exchange.payment_or_none
    is_paid = payment is not None and payment.state == PaymentState.PAID
    return exchange.state == ExchangeState.CLOSED and not is_paid


@requirement(gettext_lazy("A closed exchange keeps an accepted piece of evidence for what is paid."))
def still_evidenced(context: TransitionContext) -> bool:
    """What closing required stays required."""
    exchange = context.thing.exchange
    if exchange.state != ExchangeState.CLOSED or not exchange.payable or exchange.is_recorded:
        return True
    return bool(exchange.evidence.filter(state=EvidenceState.ACCEPTED).exclude(pk=context.thing.pk).exists())


@requirement(
    gettext_lazy(
        "The payment is dated from the day it arose to today at the Partnership's seat, is at most what is still due,"
        " and has a reference."
    )
)
def payment_is_valid(context: TransitionContext) -> object:
    """Nothing to say while no figures are given: the screen offers the form."""
    if not context.facts:
        return True
    payment, facts = context.thing, context.facts
    if problem := payment_day_problem(payment, facts["paid_on"], context.now):
        return problem
    if problem := payment_amount_problem(payment, facts["amount"]):
        return problem
    return bool(context.facts["reference"].strip()) or _("Enter the reference of the payment.")


@requirement(gettext_lazy("Something is paid already, in full or in part."))
def paid_in_part(context: TransitionContext) -> bool:
    return bool(context.thing.paid_amount)


@requirement(gettext_lazy("It is an instalment of this payment."))
def instalment_known(context: TransitionContext) -> bool:
    """Nothing to say while none is chosen: the screen offers them."""
    return not context.facts or bool(context.thing.instalments.filter(pk=context.facts["instalment"]).exists())


@requirement(gettext_lazy("The payable amount stands: after a correction it is accepted again."), anchor="payable")
def payable_still_accepted(context: TransitionContext) -> bool:
    return context.thing.exchange.payable_accepted_at is not None


@requirement(gettext_lazy("A host organisation hands in its own letter only."))
def hosts_own_letter(context: TransitionContext) -> bool:
    return bool(context.thing.kind == EvidenceKind.HOST_LETTER)


@requirement(gettext_lazy("The report is filled in."), anchor="far")
def report_complete(context: TransitionContext) -> object:
    gaps = [label for name, label in context.thing.COMPULSORY.items() if not getattr(context.thing, name)]
    return not gaps or _("Still missing: %(what)s.") % {"what": ", ".join(str(gap) for gap in gaps)}


@requirement(gettext_lazy("A report submitted for the visitor carries the paper or mail it comes from."), anchor="far")
def report_has_source_file(context: TransitionContext) -> bool:
    return context.thing.handed_in_file_id is not None or "file" in context.facts
