"""The host country's ceiling, and the amount within it. Amounts are EUR."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions, options_on
from cxc.workflow.requirements import TransitionContext, requirement
from exchanges import fixes, links
from exchanges.enums import BEING_WRITTEN_STATES
from exchanges.requirements.preparation.stay import AGREE_FIGURES
from exchanges.rules.money import amount_problem, no_ceiling
from profiles.enums import Modality

RAISING = ("raise_ceiling", "raise_ceiling_while_ongoing")


def _to_enter_ceiling(context: TransitionContext) -> list[FixOption]:
    """The country's, while there is no exchange yet; else one for the exchange."""
    exchange = context.thing
    if not exchange.pk:
        return [FixOption(exchange, (Side.SO,), reverse("admin:profiles_lumpsumceiling_add"))]
    return options_on(exchange, RAISING, links.ceiling(exchange))


@requirement(
    gettext_lazy("A lump sum ceiling exists for the host country."),
    otherwise=gettext_lazy("Ask the Support Office to enter a lump sum ceiling for the host country."),
    fix=Fix(_to_enter_ceiling),
)
def ceiling_known(context: TransitionContext) -> object:
    exchange = context.thing
    if exchange.modality != Modality.PHYSICAL or exchange.planned_start is None or exchange.ceiling is not None:
        return True
    return no_ceiling(exchange)


@requirement(
    gettext_lazy("The lump sum is not above the host country's ceiling."),
    otherwise=gettext_lazy("Lower the lump sum: it is above the host country's ceiling."),
    fix=fixes.agreed_figures("lump_sum", AGREE_FIGURES),
)
def amount_within_ceiling(context: TransitionContext) -> object:
    exchange = context.thing
    if exchange.modality != Modality.PHYSICAL or exchange.agreed_lump_sum is None:
        return True
    return not (problem := amount_problem(exchange)) or problem


@requirement(
    gettext_lazy("The ceiling for this exchange is higher than the host country's."),
    otherwise=gettext_lazy("Enter a ceiling that is higher than the host country's."),
    fix=by_transitions(*RAISING, page=links.ceiling),
)
def ceiling_higher(context: TransitionContext) -> object:
    exchange = context.thing
    known = exchange.country_ceiling()
    override = exchange.ceiling_override
    return (override is not None and override > (known or 0)) or _(
        "The ceiling of %(country)s is %(known)s EUR: enter a higher one."
    ) % {"country": exchange.host_country, "known": known}


@requirement(
    gettext_lazy("A new version of the Financial Agreement is being written."),
    otherwise=gettext_lazy("Begin a new version of the Financial Agreement first."),
    fix=by_transitions("revise_while_ongoing", page=path_of, on=lambda exchange: exchange.agreement_or_none),
)
def agreement_being_revised(context: TransitionContext) -> bool:
    agreement = context.thing.agreement_or_none
    return agreement is not None and agreement.is_support_office_version and agreement.state in BEING_WRITTEN_STATES
