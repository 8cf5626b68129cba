"""A visit of nine in preparation, at the demo host's: one agenda, nine visitors, none as far as the other."""

from typing import TypeVar

from cxc.demo.living.context import ScenarioContext
from cxc.demo.living.days import DAY, on, starting
from cxc.demo.living.trip import Trip
from cxc.ground.moves import Moving, perform

T = TypeVar("T", bound=Moving)

# Who comes with the demo visitor: team and country.
COMPANIONS = (
    ("loom", "ES"),
    ("loom", "IT"),
    ("loom", "IT"),
    ("loom", "ES"),
    ("rail", "DE"),
    ("rail", "DK"),
    ("rail", "FR"),
    ("food", "LT"),
)


def tell(context: ScenarioContext) -> None:
    stay = starting(context.loom_host.participant.country, context.participants.today + 23 * DAY)
    first = Trip.agreed(context.participants, context.visitor, context.loom_host, stay, profile=context.visitor_profile)
    first.begin().prepare().write_shared()
    others = [_joining(context, first, team, country) for team, country in COMPANIONS]
    first.submit_shared()
    _papers(context, others)


def _joining(context: ScenarioContext, first: Trip, team: str, country: str) -> Trip:
    visitor = context.participants.new_participant(getattr(context.participants, team), country)
    trip = Trip.agreed(context.participants, visitor, first.host, first.stay, days_before=58)
    return trip.begin(40, visit=first.visit).prepare(39)


def _papers(context: ScenarioContext, others: list[Trip]) -> None:
    """Some wait for the Support Office, one came back, one has its agreement validated, some are not written yet."""
    *written, _late, _later = others
    for trip in written:
        trip.write_own()
    *handed_in, _unsent = written
    for trip in handed_in:
        trip.submit_own()
    returned, agreed = handed_in[0], handed_in[1]
    support = context.participants.offices.support
    with on(context.participants.today - 2 * DAY):
        reason = "Say what you bring, not only what you hope to see."
        perform(_fresh(returned.exchange.own_part), "send_back", by=support, reason=reason)
        perform(_fresh(returned.exchange.agreement), "send_back", by=support, reason="The payee is not the visitor.")
        perform(_fresh(agreed.exchange.agreement), "validate", by=support)


def _fresh(thing: T) -> T:
    thing.refresh_from_db()
    return thing
