"""Things led along their lifecycles, each through the mover."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cxc.ground.access import Actor
from cxc.ground.moves import begin, perform
from exchanges.models import Exchange, Visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import ExchangeType, Organisation, Partnership, Profile
from tests.world import people

# A Monday; the usual visit takes place three weeks later, Monday to Wednesday.
NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
FIRST = date(2026, 9, 28)
LAST = date(2026, 9, 30)


@dataclass
class Cast:
    """The usual parties: a Spanish visitor and a Belgian host, each with its Partnership."""

    visitor: Organisation
    host: Organisation
    vop: Partnership
    hop: Partnership
    vo: Actor
    ho: Actor
    vop_coordinator: Actor
    hop_coordinator: Actor
    so: Actor


def cast(visitor_country: str = "ES", host_country: str = "BE") -> Cast:
    visitor, host = people.organisation(visitor_country), people.organisation(host_country)
    vop, hop = people.partnership("ES"), people.partnership("BE")
    return Cast(
        visitor,
        host,
        vop,
        hop,
        people.member(visitor, signs=True),
        people.member(host, signs=True),
        people.coordinator(vop, signs=True),
        people.coordinator(hop, signs=True),
        people.support_office(),
    )


def draft(
    of: Organisation, under: Partnership, by: Actor, kind: str = ProfileKind.VISITING, **fields: object
) -> Profile:
    """A profile filled in, not yet submitted."""
    defaults = {
        "available_from": FIRST - timedelta(days=60),
        "available_to": LAST + timedelta(days=200),
        "languages": ["en"],
        "motivation": "To learn.",
        "description": "What we do.",
        "eligibility_declared": True,
        "virtual": True,
    }
    profile = begin(
        Profile(organisation=of, partnership=under, generation=people.generation(), kind=kind, **(defaults | fields)),
        by=by,
    )
    profile.types.set(ExchangeType.objects.all()[:2])
    profile.own_sectors.set([of.sector_id] if of.sector_id else [])
    return profile


def published(of: Organisation, under: Partnership, by: Actor, reviewer: Actor, **fields: object) -> Profile:
    profile = draft(of, under, by, **fields)
    perform(profile, "submit", by=by)
    return perform(profile, "publish", by=reviewer)


def proposed(c: Cast, modality: str = Modality.PHYSICAL, *, by: Actor | None = None, **fields: object) -> Match:
    """A proposal, by the visitor unless said otherwise."""
    visiting = published(c.visitor, c.vop, c.vo, c.vop_coordinator)
    host = published(c.host, c.hop, c.ho, c.hop_coordinator, kind=ProfileKind.HOST)
    return begin(
        Match(visiting_profile=visiting, host_profile=host, modality=modality, **fields), "propose", by=by or c.vo
    )


def confirmed(c: Cast, modality: str = Modality.PHYSICAL) -> Match:
    return perform(proposed(c, modality), "host_yes", by=c.ho)


def visit(match: Match, by: Actor, **fields: object) -> Visit:
    defaults = {"first_day": FIRST, "last_day": LAST, "time_zone": "Europe/Brussels", "lead_id": by.body_id}
    return begin(Visit(host_profile=match.host_profile, modality=match.modality, **(defaults | fields)), by=by)


def exchange(match: Match, on: Visit, by: Actor, **fields: object) -> Exchange:
    """A draft exchange with its type chosen."""
    return begin(
        Exchange(
            match=match,
            visit=on,
            organisation=match.visiting_organisation,
            generation=match.generation,
            modality=match.modality,
            type=ExchangeType.objects.first(),
            **fields,
        ),
        by=by,
    )


def in_preparation(c: Cast, modality: str = Modality.PHYSICAL) -> Exchange:
    match = confirmed(c, modality)
    made = exchange(match, visit(match, c.vop_coordinator), c.vop_coordinator)
    return perform(made, "prepare", by=c.vop_coordinator)
