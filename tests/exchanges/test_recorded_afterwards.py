"""What happened outside the portal is entered afterwards, and its events replay to its state."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cxc import clock
from cxc.access.scoped import Side
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, StatefulModel
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange, Visit
from exchanges.services import recorded_afterwards
from matching.models import Match
from profiles.models import ExchangeType, LastInterest, Organisation, Profile, Sector
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SOURCE = "Minutes of 2025"
CREATED = date(2025, 2, 3)
# Monday to Wednesday.
FIRST, LAST = date(2025, 5, 12), date(2025, 5, 14)


@dataclass
class Recorded:
    parties: Parties
    visiting: Profile
    host: Profile


def profile_of(parties: Parties, kind: str, **fields: object) -> Profile:
    is_visiting = kind == "visiting"
    profile = Profile(
        organisation=parties.visitor if is_visiting else parties.host,
        partnership=parties.vop if is_visiting else parties.hop,
        generation=people.generation(),
        kind=kind,
        **(
            {
                "virtual": True,
                "languages": ["en"],
                "motivation": "To learn.",
                "description": "What we do.",
                "available_from": CREATED,
                "available_to": date(2025, 12, 31),
                "eligibility_declared": True,
            }
            | fields
        ),
    )
    types = {"types": list(ExchangeType.objects.all()[:2])}
    return recorded_afterwards.record_profile(profile, by=parties.so, source=SOURCE, created=CREATED, links=types)


@pytest.fixture
def recorded() -> Recorded:
    parties = usual_parties()
    return Recorded(parties, profile_of(parties, "visiting"), profile_of(parties, "host"))


def test_what_is_recorded_afterwards_prints_no_contract_and_needs_no_address() -> None:
    parties = usual_parties()
    Organisation.objects.filter(pk=parties.visitor.pk).update(street="", registration_number="")
    parties.visitor.refresh_from_db()
    assert profile_of(parties, "visiting").state == "published"


def match_of(recorded: Recorded, modality: str = "physical", **fields: object) -> Match:
    known = {"proposed": date(2025, 3, 3), "confirmed": date(2025, 3, 10)}
    return recorded_afterwards.record_match(
        recorded.visiting, recorded.host, modality, by=recorded.parties.so, source=SOURCE, **(known | fields)
    )


def visit_of(recorded: Recorded, modality: str = "physical", **fields: object) -> Visit:
    known = {"created": date(2025, 3, 11), "first_day": FIRST, "last_day": LAST}
    return recorded_afterwards.record_visit(
        recorded.host, modality, by=recorded.parties.so, source=SOURCE, **(known | fields)
    )


def exchange_of(recorded: Recorded, modality: str = "physical", **fields: object) -> Exchange:
    match = match_of(recorded, modality)
    visit = visit_of(recorded, modality)
    known = {"type": ExchangeType.objects.first(), "sector": Sector.objects.get(pk="13")}
    return recorded_afterwards.record_exchange(match, visit, by=recorded.parties.so, source=SOURCE, **(known | fields))


def assert_events_lead_to_state(thing: StatefulModel) -> None:
    """Each event begins where the one before ended; the last ends where the thing stands."""
    state = ""
    for event in StateEvent.of(thing):
        assert event.from_state == state, event
        state = event.to_state
    thing.refresh_from_db()
    assert thing.state == state


def test_a_whole_exchange_with_its_payment(recorded: Recorded) -> None:
    exchange = exchange_of(recorded, paid_on=date(2025, 6, 2))
    exchange.refresh_from_db()
    assert (exchange.state, exchange.is_recorded) == ("closed", True)
    assert (exchange.actual_start, exchange.actual_end, exchange.actual_working_days) == (FIRST, LAST, 3)
    assert (exchange.agreed_lump_sum, exchange.payable) == (Decimal("415.00"), Decimal("415.00"))
    payment = exchange.payment
    assert (payment.state, payment.paid_on, payment.paid_amount) == ("paid", date(2025, 6, 2), Decimal("415.00"))
    # Ten Spanish working days after 15 May 2025, the day of the close.
    assert payment.due_on == date(2025, 5, 29)
    match = Match.objects.get(pk=exchange.match_id)
    assert match.state == "completed"
    for thing in (recorded.visiting, recorded.host, match, exchange.visit, exchange, payment):
        assert_events_lead_to_state(thing)


def test_each_step_has_an_event_with_the_day_it_happened(recorded: Recorded) -> None:
    exchange = exchange_of(recorded, ready=date(2025, 5, 8), closed=date(2025, 5, 20))
    events = list(StateEvent.of(exchange).values_list("transition", "happened_at__date", "is_recorded", "source"))
    assert events == [
        ("create", date(2025, 4, 28), True, SOURCE),
        ("prepare", date(2025, 4, 28), True, SOURCE),
        ("set_ready", date(2025, 5, 8), True, SOURCE),
        ("begin_stay", date(2025, 5, 11), True, SOURCE),  # 22:00 UTC is midnight in Brussels
        ("accept_payable", date(2025, 5, 20), True, SOURCE),
        ("close", date(2025, 5, 20), True, SOURCE),
    ]


def test_no_papers_are_begun_for_what_is_over(recorded: Recorded) -> None:
    exchange = Exchange.objects.get(pk=exchange_of(recorded).pk)
    assert exchange.own_part_or_none is None
    assert exchange.agreement_or_none is None
    assert exchange.report_or_none is None
    assert exchange.visit.shared_part_or_none is None


def test_a_virtual_exchange_has_no_money(recorded: Recorded) -> None:
    exchange = exchange_of(recorded, "virtual")
    assert (exchange.state, exchange.agreed_lump_sum, exchange.payable) == ("closed", None, None)
    assert exchange.payment_or_none is None


def test_money_for_a_virtual_exchange_is_refused(recorded: Recorded) -> None:
    with pytest.raises(Refused, match="virtual"):
        exchange_of(recorded, "virtual", payable=Decimal(10))
    assert not Exchange.objects.exists()


def test_once_only_holds(recorded: Recorded) -> None:
    exchange_of(recorded)
    with pytest.raises(RequirementsUnmet) as refusal:
        match_of(recorded, proposed=date(2025, 6, 3), confirmed=date(2025, 6, 10))
    assert [gap.name for gap in refusal.value.unmet] == ["visitor_not_used_up"]


def test_a_physical_after_a_virtual_one_with_the_same_profile(recorded: Recorded) -> None:
    exchange_of(recorded, "virtual")
    exchange_of(recorded, "physical")
    assert sorted(Exchange.objects.values_list("modality", "state")) == [("physical", "closed"), ("virtual", "closed")]


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"end": date(2025, 5, 13)}, ["planned_stay_fits"]),
        ({"start": date(2025, 5, 9)}, ["planned_within_visit"]),
        ({"lump_sum": Decimal(831)}, ["amount_within_ceiling"]),
        ({"payable": Decimal(416), "payable_why": "More."}, ["payable_is_valid"]),
        ({"closed": date(2025, 5, 14)}, ["exchange_has_ended"]),
    ],
)
def test_facts_hold(recorded: Recorded, fields: dict[str, object], needs: list[str]) -> None:
    before = StateEvent.objects.filter(kind="exchanges.exchange").count()
    with pytest.raises(RequirementsUnmet) as refusal:
        exchange_of(recorded, **fields)
    assert [gap.name for gap in refusal.value.unmet] == needs
    assert not Exchange.objects.exists()
    assert StateEvent.objects.filter(kind="exchanges.exchange").count() == before


def test_countries_hold() -> None:
    parties = usual_parties("BE", "BE")
    recorded = Recorded(parties, profile_of(parties, "visiting"), profile_of(parties, "host"))
    with pytest.raises(RequirementsUnmet) as refusal:
        match_of(recorded)
    assert [gap.name for gap in refusal.value.unmet] == ["different_countries"]


def test_dates_run_forward(recorded: Recorded) -> None:
    with pytest.raises(Refused, match="another order"):
        match_of(recorded, proposed=date(2025, 3, 11), confirmed=date(2025, 3, 10))


def test_the_future_is_not_recorded(recorded: Recorded) -> None:
    with pytest.raises(Refused, match="only what has happened"):
        match_of(recorded, confirmed=date(2027, 3, 10))


@pytest.mark.parametrize("source", ["", "  "])
def test_a_source_is_named(recorded: Recorded, source: str) -> None:
    with pytest.raises(NotAllowed):
        recorded_afterwards.record_match(
            recorded.visiting,
            recorded.host,
            "physical",
            by=recorded.parties.so,
            source=source,
            proposed=CREATED,
            confirmed=CREATED,
        )


def test_a_partnership_does_not_record_by_itself(recorded: Recorded) -> None:
    with pytest.raises(NotAllowed):
        recorded_afterwards.record_match(
            recorded.visiting,
            recorded.host,
            "physical",
            by=recorded.parties.vop_coordinator,
            source=SOURCE,
            proposed=CREATED,
            confirmed=CREATED,
        )


@pytest.mark.parametrize(
    ("side", "transitions"),
    [
        (Side.VO, ["propose", "host_yes", "confirm"]),
        (Side.HO, ["propose", "visitor_yes", "confirm"]),
        (Side.SO, ["propose", "visitor_yes", "host_yes", "confirm"]),
    ],
)
def test_who_initiated_the_match(recorded: Recorded, side: Side, transitions: list[str]) -> None:
    match = match_of(recorded, initiated_by=side)
    assert (match.initiated_by, match.state) == (side, "confirmed")
    assert list(StateEvent.of(match).values_list("transition", flat=True)) == transitions


def test_a_profile_recorded_with_its_archiving() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    recorded = Profile(
        organisation=parties.visitor,
        partnership=parties.vop,
        generation=people.generation(),
        kind="visiting",
        languages=["en"],
        motivation="m",
        description="d",
        available_from=CREATED,
        available_to=CREATED,
        eligibility_declared=True,
    )
    recorded_afterwards.record_profile(
        recorded,
        by=parties.so,
        source=SOURCE,
        created=CREATED,
        archived=date(2025, 12, 1),
        links={"types": list(profile.types.all())},
    )
    assert (recorded.state, recorded.types.count()) == ("archived", 2)
    assert_events_lead_to_state(recorded)


def test_what_is_recorded_begins_the_days_until_a_holder_is_asked_on_the_day_of_recording() -> None:
    parties = usual_parties()
    live = Recorded(parties, factories.visiting(parties), factories.hosting(parties))
    later = lifecycle.NOW + timedelta(days=100)
    with clock.at(later):
        match = match_of(live, "virtual", proposed=date(2026, 9, 14), confirmed=date(2026, 9, 15))
        visit = visit_of(
            live, "virtual", created=date(2026, 9, 16), first_day=date(2026, 9, 28), last_day=date(2026, 9, 30)
        )
        recorded_afterwards.record_exchange(
            match,
            visit,
            by=parties.so,
            source=SOURCE,
            type=ExchangeType.objects.first(),
            sector=Sector.objects.get(pk="13"),
        )
    assert list(LastInterest.objects.values_list("shown_at", flat=True)) == [later, later]


def test_nobody_is_asked_about_a_profile_that_was_recorded(recorded: Recorded) -> None:
    exchange_of(recorded, "virtual")
    assert not LastInterest.objects.exists()
