"""The host country's ceiling, and the amount within it. Amounts are EUR."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.requirements import TransitionContext, requirement
from exchanges.enums import BEING_WRITTEN_STATES
from exchanges.rules.money import amount_problem, no_ceiling
from profiles.enums import Modality


@requirement(gettext_lazy("A lump sum ceiling exists for the host country."), anchor="planned")
def ceiling_known(context: TransitionContext) -> object:
    exchange = context.thing
    if exchange.modality != Modality.PHYSICAL or exchange.planned_start is None or exchange.ceiling is not None:
        return True
    return no_ceiling(exchange)


@requirement(gettext_lazy("The lump sum is not above the host country's ceiling."), anchor="fa")
def amount_within_ceiling(context: TransitionContext) -> object:
    exchange = context.thing
    if exchange.modality != Modality.PHYSICAL or exchange.agreed_lump_sum is None:
        return True
    return not (problem := amount_problem(exchange)) or problem


@requirement(gettext_lazy("The ceiling for this exchange is higher than the host country's."))
def ceiling_higher(context: TransitionContext) -> object:
    exchange = context.thing
    known = exchange.country_ceiling()
    override = exchange.ceiling_override
    return (override is not None and override > (known or 0)) or _(
        "The ceiling of %(country)s is %(known)s EUR: enter a higher one."
    ) % {"country": exchange.host_country, "known": known}


@requirement(gettext_lazy("A new version of the Financial Agreement is being written."), anchor="fa")
def agreement_being_revised(context: TransitionContext) -> bool:
    agreement = context.thing.agreement_or_none
    return agreement is not None and agreement.is_support_office_version and agreement.state in BEING_WRITTEN_STATES
