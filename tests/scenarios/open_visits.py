"""Open visits, who asks for them and who waits, through the services."""

from datetime import timedelta
from typing import Any

from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.models import Visit, WaitingListEntry
from exchanges.services import join_requests
from exchanges.services.visits import publish_visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from tests.factories.cache import cached
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST

OPENING: dict[str, Any] = {"outline": "Looms, and who runs them.", "last_day_to_ask": FIRST - timedelta(days=7)}


@cached
def published_host(parties: Parties, **fields: Any) -> Profile:
    return lifecycle.published(
        parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST, **fields
    )


@cached
def open_visit(
    parties: Parties, host: Profile | None = None, modality: str = Modality.PHYSICAL, **fields: Any
) -> Visit:
    """A visit of the usual days, opened by the host's Partnership, which leads it."""
    dates = {"first_day": FIRST, "last_day": LAST, "title": "Looms"}
    host = host or published_host(parties)
    return publish_visit(host, modality, by=parties.hop_coordinator, **(dates | OPENING | fields))


@cached
def published_visitor(parties: Parties, **fields: Any) -> Profile:
    """The usual visitor with its published profile."""
    return lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, **fields)


@cached
def another_published_visitor(parties: Parties, **fields: Any) -> tuple[Profile, Actor]:
    """One more visitor under the same Partnership."""
    other = with_another_visitor(parties)
    return published_visitor(other, **fields), other.vo


@cached
def proposed_on(visit: Visit, profile: Profile, by: Actor) -> Match:
    """A proposal: there is a place free."""
    outcome = join_requests.ask_to_join(Visit.objects.get(pk=visit.pk), profile, by=by)
    assert isinstance(outcome, Match), outcome
    return outcome


@cached
def waiting_on(visit: Visit, profile: Profile, by: Actor) -> WaitingListEntry:
    """An entry on the waiting list: no place is free."""
    outcome = join_requests.ask_to_join(Visit.objects.get(pk=visit.pk), profile, by=by)
    assert isinstance(outcome, WaitingListEntry), outcome
    return outcome


@cached
def full_visit(parties: Parties, **fields: Any) -> tuple[Visit, Match]:
    """A visit of one place, which a proposal holds."""
    visit = open_visit(parties, places=1, **fields)
    profile, owner = another_published_visitor(parties)
    return visit, proposed_on(visit, profile, owner)


# --- one thing in each state, for the lifecycle tables ---------------------------------------------------


@cached
def open_visit_led_by_visitors_partnership(parties: Parties) -> Visit:
    """Led by the visitor's Partnership, opened by the host."""
    match = lifecycle.confirmed(parties)
    return perform(lifecycle.visit(match, parties.vop_coordinator), "open_to_visitors", by=parties.ho, **OPENING)


@cached
def waiting_entry(parties: Parties) -> WaitingListEntry:
    """The usual visitor waits; the place was given back since."""
    visit, match = full_visit(parties)
    place = waiting_on(visit, published_visitor(parties), parties.vo)
    perform(match, "host_no", by=parties.ho, reason="No.")
    return WaitingListEntry.objects.get(pk=place.pk)


@cached
def offered_entry(parties: Parties) -> WaitingListEntry:
    place = waiting_entry(parties)
    join_requests.offer_place(place, by=parties.hop_coordinator)
    return WaitingListEntry.objects.get(pk=place.pk)
