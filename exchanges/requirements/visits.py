"""What the moves of a visit require."""

from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from cxc.ground.moves.asking import Ask, requirement
from exchanges.enums import ExchangeState
from matching.models import Match


@requirement(gettext_lazy("The last day is not before the first."), place="dates")
def dates_in_order(ask: Ask) -> bool:
    return bool(ask.thing.first_day <= ask.thing.last_day)


@requirement(gettext_lazy("The Partnership that begins a visit has a match with this host."))
def has_match_there(ask: Ask) -> bool:
    """The HOP looks after the host; a VOP comes in through a match of one of its visitors."""
    visit = ask.thing
    if visit.host_profile.partnership_id == visit.lead_id:
        return True
    return (
        Match.objects.open()
        .filter(
            host_profile_id=visit.host_profile_id,
            modality=visit.modality,
            visiting_profile__partnership_id=visit.lead_id,
        )
        .exists()
    )


@requirement(
    gettext_lazy("The exchanges of the visit stay within its dates, and their number within its places."), place="dates"
)
def exchanges_fit(ask: Ask) -> bool:
    visit = ask.thing
    standing = [e for e in visit.exchanges.all() if e.state != ExchangeState.CANCELLED]
    within = all(
        visit.first_day <= start and end <= visit.last_day
        for exchange in standing
        for start, end in ((exchange.planned_start, exchange.planned_end), (exchange.agreed_start, exchange.agreed_end))
        if start and end
    )
    return within and visit.counting_exchanges() <= visit.places_in_force


@requirement(gettext_lazy("The new lead looks after the host or one of the visitors."))
def new_lead_takes_part(ask: Ask) -> bool:
    partnership = ask.facts.get("partnership")
    return partnership is None or partnership.pk in ask.thing.partnership_ids()


@requirement(gettext_lazy("The visit has no exchange."))
def has_no_exchange(ask: Ask) -> bool:
    return not ask.thing.exchanges.exists()


@requirement(gettext_lazy("The host profile is published."))
def host_published(ask: Ask) -> bool:
    return ask.side is Side.SO or ask.is_recorded or ask.thing.host_profile.state == "published"
