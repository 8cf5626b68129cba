"""Where the machine's runs begin: three visitors of one host, at different depths of their ways."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cxc import clock
from cxc.core.calendar import midnight
from cxc.workflow import create, perform, perform_as_system
from exchanges.enums import CTQ_PARTIES, FA_PARTIES
from exchanges.models import DocumentVersion, Exchange
from matching.models import Match
from profiles.enums import Modality
from profiles.models import Profile, Sector
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, NOW

PLACES = 2


@dataclass(frozen=True)
class StartingPoint:
    """Each visitor with its match, and the moment at which a run starts."""

    journeys: list[tuple[Parties, Match]]
    moment: datetime


def proposals() -> StartingPoint:
    """Three proposals to one host with two places; the third is virtual."""
    first = usual_parties()
    parties_of_visitors = [first, with_another_visitor(first), with_another_visitor(first)]
    host = lifecycle.published(first.host, first.hop, first.ho, first.hop_coordinator, kind="host", places=PLACES)
    modalities = (Modality.PHYSICAL, Modality.PHYSICAL, Modality.VIRTUAL)
    return StartingPoint(
        [(parties, _proposal(parties, host, of)) for parties, of in zip(parties_of_visitors, modalities, strict=True)],
        NOW,
    )


def documents() -> StartingPoint:
    """The first has its figures, its papers validated and its agreement signed, the second is only being prepared."""
    starting_point = proposals()
    (first, one), (second, two), _third = starting_point.journeys
    exchange = _in_preparation(first, one)
    figures = {"start": exchange.agreed_start, "end": exchange.agreed_end, "lump_sum": exchange.agreed_lump_sum}
    perform(exchange, "set_agreed", by=first.vop_coordinator, sector=Sector.objects.first(), **figures)
    lifecycle.validated_documents(first, exchange)
    lifecycle.sign(first, exchange.agreement.current_version, *FA_PARTIES)
    _in_preparation(second, two, exchange)
    return starting_point


def ongoing() -> StartingPoint:
    """The first is ongoing, the second in preparation on the same visit, the third proposed."""
    starting_point = proposals()
    (first, one), (second, two), _third = starting_point.journeys
    exchange = _in_preparation(first, one)
    lifecycle.validated_documents(first, exchange)
    lifecycle.sign(first, DocumentVersion.objects.get(exchange=exchange, kind="ctq"), *CTQ_PARTIES)
    lifecycle.sign(first, exchange.agreement.current_version, *FA_PARTIES)
    lifecycle.set_ready(first, Exchange.objects.get(pk=exchange.pk))
    _in_preparation(second, two, exchange)
    start = midnight(FIRST, exchange.visit.time_zone)
    with clock.at(start):
        perform_as_system(Exchange.objects.get(pk=exchange.pk), "begin_stay")
    return StartingPoint(starting_point.journeys, start + timedelta(hours=10))


STARTING_POINTS: dict[str, Callable[[], StartingPoint]] = {
    made.__name__: made for made in (proposals, documents, ongoing)
}


def _proposal(parties: Parties, host: Profile, modality: str) -> Match:
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    return create(Match(visiting_profile=visiting, host_profile=host, modality=modality), "propose", by=parties.vo)


def _in_preparation(parties: Parties, match: Match, beside: Exchange | None = None) -> Exchange:
    """Its exchange being prepared, on a visit of its own or on that of another."""
    perform(match, "host_yes", by=parties.ho)
    on = beside.visit if beside else lifecycle.visit(match, parties.vop_coordinator)
    return perform(lifecycle.exchange(match, on, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)
