"""Visits: created, published, given exchanges. Changing dates, handing over and deleting are plain transitions.

Rule: docs/rules.md, Visits.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cxc.access.scoped import Actor, Principal
from cxc.workflow import create, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import Exchange, Visit, VisitProposal
from exchanges.services.outcomes import Outcome, perform_each
from matching.models import Match
from profiles.models import ExchangeType, Partnership, Profile


def create_visit(
    host: Profile,
    modality: str,
    *,
    by: Actor,
    first_day: date,
    last_day: date,
    time_zone: str = "",
    title: str = "",
    city: str = "",
    places: int | None = None,
    lead: Partnership | None = None,
) -> Visit:
    """Begin a visit at a host profile; dates are local, the zone the host country's unless given.

    The lead is the Partnership that begins it; the host's when the host or the Support Office does,
    unless the Support Office names another.
    """
    visit = Visit(
        host_profile=host,
        modality=modality,
        lead=lead if lead and by.principal is Principal.SUPPORT_OFFICE else lead_of(host, by),
        first_day=first_day,
        last_day=last_day,
        time_zone=time_zone or host.organisation.country.time_zone,
        title=title,
        city=city or host.organisation.city,
        places=places,
    )
    return create(visit, by=by)


def lead_of(host: Profile, by: Actor) -> Partnership:
    """The Partnership that leads a visit which this actor begins: its own, else the host's."""
    if by.principal is Principal.PARTNERSHIP and by.principal_id is not None:
        return Partnership.objects.get(pk=by.principal_id)
    assert host.partnership is not None  # a published profile has one
    return host.partnership


def add_exchange(
    visit: Visit,
    match: Match,
    *,
    by: Actor,
    type: ExchangeType | None = None,
    start: date | None = None,
    end: date | None = None,
) -> Exchange:
    """Begin the draft exchange of a confirmed match on a visit; its days are the visit's unless given."""
    exchange = Exchange(
        match=match,
        visit=visit,
        organisation=match.visiting_organisation,
        generation=match.generation,
        modality=match.modality,
        type=type or proposed_type(match),
        planned_start=start,
        planned_end=end,
    )
    return create(exchange, by=by)


def add_matches(visit: Visit, match: Match, others: Iterable[Match], *, by: Actor) -> Outcome[Match, Exchange]:
    """Add this match, and others that come along, to the visit: a Partnership begins their exchanges at once.

    A host begins no exchange: the match is for its visit, and the Partnerships are offered to begin it there.
    """
    if by.principal is Principal.ORGANISATION:
        VisitProposal.objects.update_or_create(match=match, defaults={"visit": visit})
    return add_exchanges(visit, others, by=by)


def proposed_type(match: Match) -> ExchangeType | None:
    """The one type that both profiles name; None where there are several or none."""
    common = list(match.visiting_profile.types.filter(pk__in=match.host_profile.types.values("pk"))[:2])
    return common[0] if len(common) == 1 else None


def add_exchanges(
    visit: Visit, matches: Iterable[Match], *, by: Actor, type: ExchangeType | None = None
) -> Outcome[Match, Exchange]:
    """One exchange for each match; those that can't are skipped, each with its reasons."""
    return perform_each(matches, lambda match: add_exchange(visit, match, by=by, type=type))


def publish_visit(
    host: Profile,
    modality: str,
    *,
    by: Actor,
    outline: str,
    last_day_to_ask: date,
    has_waiting_list: bool = True,
    **dates_and_places: Any,
) -> Visit:
    """Begin a visit at a host profile and open it to visitors at once; both or neither.

    `dates_and_places` as of `create_visit`; `last_day_to_ask` is the last local day on which visitors may ask.
    """
    with unit_of_work():
        visit = create_visit(host, modality, by=by, **dates_and_places)
        return perform(
            visit,
            "open_to_visitors",
            by=by,
            outline=outline,
            last_day_to_ask=last_day_to_ask,
            has_waiting_list=has_waiting_list,
        )
