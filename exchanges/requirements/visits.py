"""What the transitions of a visit require."""

from typing import Any
from zoneinfo import available_timezones

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.compiled_queries import compiled_once
from cxc.workflow.fix import Fix
from cxc.workflow.models import StateEvent
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from exchanges import fixes
from exchanges.enums import ExchangeState
from matching.models import Match
from profiles.fixes import participation_options

FIRST_DAY = Fix(lambda context: fixes.dates_of_visit(context.thing, "first_day"))


@requirement(
    gettext_lazy("The last day is not before the first."),
    otherwise=gettext_lazy("Enter a last day that is not before the first."),
    fix=FIRST_DAY,
)
def dates_in_order(context: TransitionContext) -> bool:
    return bool(context.thing.first_day <= context.thing.last_day)


@requirement(
    gettext_lazy("The Partnership that begins a visit has a match with this host."),
    otherwise=gettext_lazy("Find a match of one of your visitors with this host first, or let the host's side begin."),
)
def lead_has_match_with_host(context: TransitionContext) -> bool:
    """The HOP looks after the host; a VOP comes in through a match of one of its visitors."""
    visit = context.thing
    if visit.host_profile.partnership_id == visit.lead_id:
        return True
    found = _open_matches(host=visit.host_profile_id, modality=str(visit.modality), partnership=visit.lead_id)
    return bool(found)


@compiled_once
def _open_matches(*, host: int, modality: str, partnership: int) -> "QuerySet[Match, tuple[int]]":
    """The id of one open match of the Partnership's visitors with the host, if there is any."""
    of_visitors = Match.objects.open().filter(visitor_partnership=partnership)
    return of_visitors.filter(host_profile=host, modality=modality).order_by().values_list("pk")[:1]


@requirement(
    gettext_lazy("The lead is the Partnership that begins the visit; the host's, when the host does."),
    otherwise=gettext_lazy("Choose the host's Partnership as the lead: it leads what the host's side begins."),
)
def lead_creates_visit(context: TransitionContext) -> bool:
    visit = context.thing
    if context.side in {Side.HO, Side.HOP} and not context.is_recorded:
        return bool(visit.lead_id == visit.host_profile.partnership_id)
    return True


@requirement(
    gettext_lazy("The time zone is one of the IANA list, such as Europe/Brussels."),
    otherwise=gettext_lazy("Choose a time zone of the IANA list, such as Europe/Brussels."),
    fix=Fix(lambda context: fixes.dates_of_visit(context.thing, "time_zone")),
)
def zone_exists(context: TransitionContext) -> bool:
    return context.thing.time_zone in available_timezones()


@requirement(
    gettext_lazy("The exchanges of the visit stay within its dates, and their number within its places."),
    otherwise=gettext_lazy("Keep the visit as long as its exchanges need, and with a place for each of them."),
    fix=FIRST_DAY,
)
def exchanges_fit(context: TransitionContext) -> object:
    visit = context.thing
    current = [e for e in visit.exchanges.all() if e.state != ExchangeState.CANCELLED]
    outside = [exchange for exchange in current if not _within(visit, exchange)]
    if outside:
        return _(
            "Keep the days of %(exchange)s within the visit: change the exchange first, then shorten the visit."
        ) % {"exchange": outside[0]}
    taken = visit.confirmed_exchanges_count()
    return taken <= visit.effective_places or _(
        "Enter at least %(taken)s places: so many visitors take part already."
    ) % {"taken": taken}


def _within(visit: Any, exchange: Any) -> bool:
    stays = ((exchange.planned_start, exchange.planned_end), (exchange.agreed_start, exchange.agreed_end))
    return all(visit.first_day <= start and end <= visit.last_day for start, end in stays if start and end)


@requirement(
    gettext_lazy("The new lead looks after the host or one of the visitors."),
    otherwise=gettext_lazy("Choose the Partnership of the host or of one of the visitors."),
    reads=Reads.INPUT,
)
def new_lead_takes_part(context: TransitionContext) -> bool:
    partnership = context.facts.get("partnership")
    return partnership is None or partnership.pk in context.thing.partnership_ids()


@requirement(
    gettext_lazy("The visit has no exchange."),
    otherwise=gettext_lazy("Keep the visit: it has an exchange."),
)
def has_no_exchange(context: TransitionContext) -> bool:
    return not context.thing.exchanges.exists()


@requirement(
    gettext_lazy("The host has created the visit."),
    otherwise=gettext_lazy("Ask the lead of the visit: a host deletes only what it created."),
)
def host_created_visit(context: TransitionContext) -> bool:
    made = StateEvent.of(context.thing).filter(transition__in=("create", "create_by_copy")).first()
    return made is not None and made.side == Side.HO


@requirement(
    gettext_lazy("The host profile is published."),
    otherwise=gettext_lazy("Have the host profile published first."),
    fix=Fix(lambda context: fixes.host_taking_visitors(context.thing.host_profile)),
)
def host_published(context: TransitionContext) -> bool:
    return context.side is Side.SO or context.is_recorded or context.thing.host_profile.state == "published"


# --- copying a visit -----------------------------------------------------------------------------------


@requirement(
    gettext_lazy("The generation of the host profile is open."),
    otherwise=gettext_lazy("Copy the host profile into a generation that is open, and create the visit there."),
    fix=Fix(lambda context: participation_options(context.thing.host_profile)),
    kind=Kind.TIMING,
)
def host_generation_open(context: TransitionContext) -> object:
    """Open until the last day of the host's Partnership in it."""
    host = context.thing.host_profile
    participation = host.participation
    if participation is None or participation.is_open(context.now.date()):
        return participation is not None
    return _(
        "%(generation)s ended for %(partnership)s on %(day)s. Copy the host profile into a generation that is open, and"
        " create the visit there."
    ) % {
        "generation": host.generation,
        "partnership": host.partnership,
        "day": date_format(participation.last_day),
    }


@requirement(
    gettext_lazy("The days of the visit are in the generation."),
    otherwise=gettext_lazy("Choose days in the generation of the host profile."),
)
def days_in_generation(context: TransitionContext) -> object:
    """Not before its first day, nor after the last day of any of its Partnerships."""
    visit, generation = context.thing, context.thing.host_profile.generation
    if visit.first_day < generation.first_day:
        return _("Choose a later first day: %(generation)s begins on %(day)s.") % {
            "generation": generation,
            "day": date_format(generation.first_day),
        }
    participations = generation.participations.select_related("generation")
    last = max((one.last_day_for(visit.modality) for one in participations), default=generation.last_day)
    return visit.last_day <= last or _(
        "Choose an earlier first day: the visit would end on %(end)s, and exchanges of %(generation)s end by %(day)s."
    ) % {"end": date_format(visit.last_day), "generation": generation, "day": date_format(last)}


@requirement(
    gettext_lazy("The first day is ahead."),
    otherwise=gettext_lazy("Choose a first day that is ahead."),
    kind=Kind.TIMING,
)
def first_day_ahead(context: TransitionContext) -> bool:
    return not context.thing.has_begun(context.now)
