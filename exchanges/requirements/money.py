"""What the payable amount of an exchange and its payment require."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.amounts import in_eur
from cxc.workflow.batch import loaded
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Reads, TransitionContext, requirement
from exchanges import links
from exchanges.deadlines import exchange_of
from exchanges.requirements.completion import BY_PAYABLE_AMOUNT
from exchanges.rules.money import payment_amount_problem, payment_day_problem
from profiles.enums import PartnershipRole
from profiles.models import PartnershipMembership


def partnership_has_a_conflict(thing: Any) -> bool:
    """Whether a coordinator of the visitor's Partnership belongs to the visitor, of an exchange or a part of one."""
    return loaded(thing, _with_a_conflict)


def _with_a_conflict(things: Sequence[Any]) -> Mapping[int, bool]:
    exchanges = {thing.pk: exchange_of(thing) for thing in things}
    coordinators = PartnershipMembership.objects.filter(
        role=PartnershipRole.COORDINATOR,
        partnership__in={exchange.vop.pk for exchange in exchanges.values()},
        user__memberships__organisation__in={exchange.organisation_id for exchange in exchanges.values()},
    )
    found = set(coordinators.order_by().values_list("partnership_id", "user__memberships__organisation_id"))
    return {pk: (exchange.vop.pk, exchange.organisation_id) in found for pk, exchange in exchanges.items()}


def has_enough_days(exchange: Any) -> bool:
    """Whether the stay as it was reaches the minimum of working days."""
    return bool((exchange.actual_working_days or 0) >= exchange.generation.min_working_days)


@requirement(
    gettext_lazy("Below the minimum of working days the Support Office decides the amount."),
    otherwise=gettext_lazy(
        "Ask the Support Office to decide the amount: the stay is below the minimum of working days."
    ),
    fix=BY_PAYABLE_AMOUNT,
)
def enough_days_for_partnership(context: TransitionContext) -> bool:
    days = context.thing.actual_working_days
    return context.side is Side.SO or (days is not None and has_enough_days(context.thing))


@requirement(
    gettext_lazy(
        "The visitor's Partnership decides; the Support Office does below the minimum of working days, or where"
        " somebody of the Partnership belongs to the visitor."
    ),
    otherwise=gettext_lazy(
        "Leave the amount to the visitor's Partnership: the stay has the minimum of working days, and nobody of the"
        " Partnership belongs to the visitor."
    ),
    fix=BY_PAYABLE_AMOUNT,
)
def so_decides_payable(context: TransitionContext) -> bool:
    exchange = context.thing
    return context.is_recorded or not has_enough_days(exchange) or partnership_has_a_conflict(exchange)


@requirement(
    gettext_lazy(
        "The payable amount is at most the Financial Agreement's; where it differs from what the pay-out rule gives, a"
        " reason is given."
    ),
    otherwise=gettext_lazy(
        "Enter at most the amount of the Financial Agreement, and say why where it is not what the pay-out rule gives."
    ),
    fix=BY_PAYABLE_AMOUNT,
)
def payable_is_valid(context: TransitionContext) -> object:
    exchange, by_rule = context.thing, context.thing.payable_by_rule()
    amount, most = exchange.payable, exchange.agreed_lump_sum
    if amount is None or most is None:
        return _("Ask the Support Office: no lump sum is agreed, so nothing can be paid.")
    if not 0 <= amount <= most:
        return _("Enter an amount from 0 to the agreement's %(most)s.") % {"most": in_eur(most)}
    return (
        amount == by_rule
        or bool(exchange.payable_why)
        or _("The pay-out rule gives %(amount)s: say why another amount is paid.") % {"amount": in_eur(by_rule)}
    )


@requirement(
    gettext_lazy(
        "The payment is dated from the day it arose to today at the Partnership's seat, is at most what is still due,"
        " and has a reference."
    ),
    otherwise=gettext_lazy("Enter day, amount and reference of the payment, and at most what is still due."),
    fix=by_transitions("pay", page=links.payment),
    reads=Reads.INPUT,
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


@requirement(
    gettext_lazy("Something is paid already, in full or in part."),
    otherwise=gettext_lazy("Leave the payment as it is: nothing is paid yet that could be taken back."),
)
def paid_in_part(context: TransitionContext) -> bool:
    return bool(context.thing.paid_amount)


@requirement(
    gettext_lazy("It is an instalment of this payment."),
    otherwise=gettext_lazy("Choose an instalment of this payment."),
    reads=Reads.INPUT,
)
def instalment_known(context: TransitionContext) -> bool:
    """Nothing to say while none is chosen: the screen offers them."""
    return not context.facts or bool(context.thing.instalments.filter(pk=context.facts["instalment"]).exists())


@requirement(
    gettext_lazy("The payable amount stands: after a correction it is accepted again."),
    otherwise=gettext_lazy("Accept the payable amount again first: the figures of the stay were corrected."),
    fix=BY_PAYABLE_AMOUNT,
)
def payable_still_accepted(context: TransitionContext) -> bool:
    return context.thing.exchange.payable_accepted_at is not None
