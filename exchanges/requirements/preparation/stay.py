"""The stay: its figures, its type and sector, and the places that it takes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from cxc.workflow.todo import Todo
from exchanges import deadlines, fixes, links
from exchanges.enums import CONFIRMED_STATES
from exchanges.rules.stay import figures_of, order_problem, stay_problem, visit_problem
from matching.fixes import place_options
from matching.models import Match
from profiles.enums import Modality

AGREE_FIGURES = Todo(
    "agree_figures",
    (Side.VOP,),
    gettext_lazy("Set the sector and the agreed figures"),
    due=deadlines.CTQ,
    page=links.agreed_figures,
)


def _to_change_plan(field_name: str = "start") -> Fix:
    return by_transitions(
        "edit_planned", "edit_planned_in_preparation", page=lambda exchange: links.plan(exchange, field_name)
    )


def _other_days(context: TransitionContext) -> list[FixOption]:
    """Another plan, or other dates of the visit."""
    exchange = context.thing
    own = _to_change_plan().options(context)
    return [*own, *fixes.dates_of_visit(exchange.visit, "first_day")] if exchange.pk else []


@requirement(
    gettext_lazy("The planned stay lies within the visit."),
    otherwise=gettext_lazy("Change the planned days, or the dates of the visit."),
    fix=Fix(_other_days),
)
def planned_within_visit(context: TransitionContext) -> object:
    figures = figures_of(context.thing, "planned")
    return not (problem := order_problem(figures) or visit_problem(context.thing, figures)) or problem


@requirement(
    gettext_lazy("The type of exchange is chosen."),
    otherwise=gettext_lazy("Choose the type of exchange."),
    fix=_to_change_plan("type"),
)
def type_chosen(context: TransitionContext) -> bool:
    return context.thing.type_id is not None


@requirement(
    gettext_lazy("The planned stay is long enough, not too long, and within the visit and the generation."),
    otherwise=gettext_lazy("Change the planned days: too few, too many, or not within visit and generation."),
    fix=Fix(_other_days),
)
def planned_stay_fits(context: TransitionContext) -> object:
    """At least 3 working days, at most a month, in the generation, within the visit's dates."""
    return not (problem := stay_problem(context.thing, figures_of(context.thing, "planned"))) or problem


@requirement(
    gettext_lazy("The agreed stay is long enough, not too long, and within the visit and the generation."),
    otherwise=gettext_lazy("Change the agreed days: too few, too many, or not within visit and generation."),
    fix=fixes.agreed_figures("start", AGREE_FIGURES),
)
def agreed_stay_fits(context: TransitionContext) -> object:
    return not (problem := stay_problem(context.thing, figures_of(context.thing, "agreed"))) or problem


@requirement(
    gettext_lazy("The sector of the exchange is entered."),
    otherwise=gettext_lazy("Enter the sector of the exchange."),
    fix=fixes.agreed_figures("sector", AGREE_FIGURES),
)
def sector_given(context: TransitionContext) -> bool:
    return context.thing.sector_id is not None


@requirement(
    gettext_lazy("The agreed figures are entered: start, end, working days, and the lump sum of a physical exchange."),
    otherwise=gettext_lazy("Enter the agreed figures: start, end, and the lump sum of a physical exchange."),
    fix=fixes.agreed_figures("", AGREE_FIGURES),
)
def agreed_given(context: TransitionContext) -> bool:
    exchange = context.thing
    dates = exchange.agreed_start and exchange.agreed_end and exchange.agreed_working_days is not None
    return bool(dates) and (exchange.modality != Modality.PHYSICAL or exchange.agreed_lump_sum is not None)


@requirement(
    gettext_lazy("The visit has a place left."),
    otherwise=gettext_lazy("Ask the lead of the visit for more places."),
    fix=Fix(lambda context: fixes.dates_of_visit(context.thing.visit, "places")),
    kind=Kind.TIMING,
    reads=Reads.OTHERS,
)
def visit_place_free(context: TransitionContext) -> object:
    """Counted under the lock on the visit, which `perform` holds."""
    visit = context.thing.visit
    taken = visit.exchanges.filter(state__in=CONFIRMED_STATES).exclude(pk=context.thing.pk).count()
    limit = visit.effective_places
    return taken < limit or _("Ask the lead of the visit for more places: all %(limit)s are taken.") % {"limit": limit}


@requirement(
    gettext_lazy("The host has a free place, if the place of this match was given back."),
    otherwise=gettext_lazy("Ask the host for more places, or choose earlier days."),
    fix=Fix(lambda context: place_options(context.thing.match.host_profile)),
    kind=Kind.TIMING,
    reads=Reads.OTHERS,
)
def host_place_available(context: TransitionContext) -> object:
    """A place is given back when the last day has passed: an exchange moved to later days takes one anew.

    Counted under the lock on the host profile, which `perform` holds.
    """
    exchange, today = context.thing, context.now.date()
    lapsed = exchange.match.place_until is not None and exchange.match.place_until < today
    if not lapsed or (exchange.end is not None and exchange.end < today):
        return True
    host = exchange.match.host_profile
    held = Match.objects.holding_place_of(host, today).exclude(pk=exchange.match_id).count()
    return held < host.places or _(
        "Ask %(host)s for more places, or choose earlier days: all %(places)s are taken now."
    ) % {
        "places": host.places,
        "host": host.organisation,
    }
