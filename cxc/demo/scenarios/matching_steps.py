"""From a profile to a confirmed match, through the live services."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cxc.access import scoped
from cxc.access.scoped import Actor
from cxc.demo.scenarios import sample_texts
from cxc.demo.scenarios.days import DAY, on
from cxc.demo.scenarios.participants import Participant, Participants
from cxc.workflow import perform
from matching.models import Match
from matching.services.proposals import propose
from profiles.enums import ProfileKind
from profiles.models import Profile
from profiles.services import profiles


def draft_profile(
    participants: Participants, participant: Participant, kind: ProfileKind, day: date, *, filled: bool = True
) -> Profile:
    """A profile begun on that day by its owner, filled in unless said otherwise, under its Partnership."""
    with on(day):
        started = profiles.start(
            organisation=participant.organisation, kind=kind, generation=participants.generation, by=participant.owner
        )
        profile = started.profile
        if filled:
            _fill(participants, profile, participant, day)
        profiles.choose_partnership(profile, by=participant.owner, partnership=participant.team.partnership)
    return profile


def _fill(participants: Participants, profile: Profile, participant: Participant, day: date) -> None:
    text, last = participant.text, participants.generation.last_day
    fields = {
        "title": text.title,
        "physical": True,
        "virtual": True,
        "languages": text.languages,
        "available_from": day,
        "available_to": last if text.open_days is None else min(last, day + text.open_days * DAY),
        "working_days": 3,
        "places": text.places,
        "motivation": text.motivation,
        "description": text.description,
        "eligibility_declared": True,
    }
    links: dict[str, Sequence[Any]] = {
        "types": [participants.types[code] for code in text.types],
        "own_sectors": [participants.sectors[code] for code in text.own_sectors or [text.sector]],
        "wanted_sectors": [participants.sectors[code] for code in text.wanted_sectors],
        "offers": [participants.topics[code] for code in text.offers],
        "seeks": [participants.topics[code] for code in text.seeks],
    }
    profiles.save(profile, by=participant.owner, version_read=profile.row_version, fields=fields, links=links)


def submitted_profile(participants: Participants, participant: Participant, kind: ProfileKind, day: date) -> Profile:
    """Submitted three days after it was begun on `day`."""
    profile = draft_profile(participants, participant, kind, day)
    with on(day + 3 * DAY):
        return profiles.submit(profile, by=participant.owner)


def published_profile(participants: Participants, participant: Participant, kind: ProfileKind, day: date) -> Profile:
    """Published by its Partnership five days after it was begun on `day`."""
    profile = submitted_profile(participants, participant, kind, day)
    with on(day + 5 * DAY):
        return perform(profile, "publish", by=participant.team.coordinator)


def proposed_match(visiting: Profile, host: Profile, modality: str, day: date, by: Actor) -> Match:
    message = _message_from(by, visiting, host).format(title=visiting.title)
    with on(day):
        return propose(visiting=visiting, host=host, modality=modality, by=by, message=message)


def _message_from(by: Actor, visiting: Profile, host: Profile) -> str:
    """What the side that proposes would say."""
    if by.principal is not scoped.Principal.ORGANISATION:
        return sample_texts.PARTNERSHIP_MESSAGE
    return sample_texts.HOST_MESSAGE if by.principal_id == host.organisation_id else sample_texts.MESSAGE


def answered_match(match: Match, transition: str, by: Actor, day: date, reason: str = "") -> Match:
    """A side's yes or no, or another end, on that day."""
    with on(day):
        return perform(match, transition, by=by, reason=reason)
