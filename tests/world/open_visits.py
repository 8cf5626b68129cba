"""Open visits, who asks for them and who waits, through the services."""

from datetime import timedelta
from typing import Any

from cxc.access.scoped import Actor
from cxc.workflow import perform
from exchanges.models import Visit, WaitingPlace
from exchanges.services import joining
from exchanges.services.opening import publish_visit
from matching.models import Match
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from tests.factories.cache import cached
from tests.factories.parties import Parties, with_another_visitor
from tests.world import paths
from tests.world.paths import FIRST, LAST

OPENING: dict[str, Any] = {"outline": "Looms, and who runs them.", "asked_until": FIRST - timedelta(days=7)}


@cached
def hosting(c: Parties, **fields: Any) -> Profile:
    return paths.published(c.host, c.hop, c.ho, c.hop_coordinator, kind=ProfileKind.HOST, **fields)


@cached
def opened(c: Parties, host: Profile | None = None, modality: str = Modality.PHYSICAL, **fields: Any) -> Visit:
    """A visit of the usual days, opened by the host's Partnership, which leads it."""
    frame = {"first_day": FIRST, "last_day": LAST, "title": "Looms"}
    host = host or hosting(c)
    return publish_visit(host, modality, by=c.hop_coordinator, **(frame | OPENING | fields))


@cached
def visiting(c: Parties, **fields: Any) -> Profile:
    """The cast's visitor with its published profile."""
    return paths.published(c.visitor, c.vop, c.vo, c.vop_coordinator, **fields)


@cached
def another(c: Parties, **fields: Any) -> tuple[Profile, Actor]:
    """One more visitor under the same Partnership."""
    other = with_another_visitor(c)
    return visiting(other, **fields), other.vo


@cached
def asked(visit: Visit, profile: Profile, by: Actor) -> Match:
    """A proposal: there is a place free."""
    outcome = joining.ask(Visit.objects.get(pk=visit.pk), profile, by=by)
    assert isinstance(outcome, Match), outcome
    return outcome


@cached
def waits(visit: Visit, profile: Profile, by: Actor) -> WaitingPlace:
    """A place in the line: none is free."""
    outcome = joining.ask(Visit.objects.get(pk=visit.pk), profile, by=by)
    assert isinstance(outcome, WaitingPlace), outcome
    return outcome


@cached
def full(c: Parties, **fields: Any) -> tuple[Visit, Match]:
    """A visit of one place, which a proposal holds."""
    visit = opened(c, places=1, **fields)
    profile, owner = another(c)
    return visit, asked(visit, profile, owner)


# --- one thing in each state, for the lifecycle tables ---------------------------------------------------


@cached
def with_a_lead(c: Parties) -> Visit:
    """Led by the visitor's Partnership, opened by the host."""
    match = paths.confirmed(c)
    return perform(paths.visit(match, c.vop_coordinator), "open_to_visitors", by=c.ho, **OPENING)


@cached
def waiting(c: Parties) -> WaitingPlace:
    """The cast's visitor waits; the place was given back since."""
    visit, match = full(c)
    place = waits(visit, visiting(c), c.vo)
    perform(match, "host_no", by=c.ho, reason="No.")
    return WaitingPlace.objects.get(pk=place.pk)


@cached
def offered(c: Parties) -> WaitingPlace:
    place = waiting(c)
    joining.offer(place, by=c.hop_coordinator)
    return WaitingPlace.objects.get(pk=place.pk)
