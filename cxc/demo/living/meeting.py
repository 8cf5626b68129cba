"""From a profile to a confirmed match, through the live services."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cxc.demo.living import texts
from cxc.demo.living.cast import Body, Cast
from cxc.demo.living.days import DAY, on
from cxc.ground.access import Actor
from cxc.ground.moves import perform
from matching.models import Match
from matching.services.proposing import propose
from profiles.enums import ProfileKind
from profiles.models import Profile, Topic
from profiles.services import profiles

TYPES = ("networking_and_events", "group_event", "research_development_innovation", "networking")


def draft(cast: Cast, body: Body, kind: ProfileKind, day: date, *, filled: bool = True) -> Profile:
    """A profile begun on that day by its owner, filled in unless said otherwise, under its Partnership."""
    with on(day):
        started = profiles.start(organisation=body.organisation, kind=kind, generation=cast.generation, by=body.owner)
        profile = started.profile
        if filled:
            _fill(cast, profile, body, day)
        profiles.choose_partnership(profile, by=body.owner, partnership=body.team.partnership)
    return profile


def _fill(cast: Cast, profile: Profile, body: Body, day: date) -> None:
    hosts = profile.kind == ProfileKind.HOST
    topics = list(Topic.objects.order_by("pk")[: 6 if hosts else 4])
    fields = {
        "title": "Three days in our house" if hosts else "To learn from a house like ours",
        "physical": True,
        "virtual": True,
        "languages": ["en", body.country.lower()] if body.country in {"ES", "IT", "PT", "DE", "FR"} else ["en"],
        "available_from": day,
        "available_to": cast.generation.last_day,
        "working_days": 3,
        "places": 24,
        "motivation": texts.MOTIVATION,
        "description": texts.HOSTING if hosts else texts.VISITING,
        "eligibility_declared": True,
    }
    links: dict[str, Sequence[Any]] = {
        "types": [cast.types[code] for code in TYPES],
        "own_sectors": [cast.sectors[code] for code in body.team.sectors],
        "wanted_sectors": [cast.sectors["13"], cast.sectors["30"]],
        "offers" if hosts else "seeks": topics,
    }
    profiles.save(profile, by=body.owner, version_read=profile.row_version, fields=fields, links=links)


def submitted(cast: Cast, body: Body, kind: ProfileKind, day: date) -> Profile:
    """Submitted three days after it was begun on `day`."""
    profile = draft(cast, body, kind, day)
    with on(day + 3 * DAY):
        return profiles.submit(profile, by=body.owner)


def published(cast: Cast, body: Body, kind: ProfileKind, day: date) -> Profile:
    """Published by its Partnership five days after it was begun on `day`."""
    profile = submitted(cast, body, kind, day)
    with on(day + 5 * DAY):
        return perform(profile, "publish", by=body.team.coordinator)


def proposed(visiting: Profile, host: Profile, modality: str, day: date, by: Actor) -> Match:
    with on(day):
        return propose(visiting=visiting, host=host, modality=modality, by=by, message=texts.MESSAGE)


def answered(match: Match, move: str, by: Actor, day: date, reason: str = "") -> Match:
    """A side's yes or no, or another end, on that day."""
    with on(day):
        return perform(match, move, by=by, reason=reason)
