"""A Partnership enters what took place; the Support Office accepts it, and it is recorded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cxc.ground.models import StateEvent
from cxc.workflow import NotAllowed, ReasonMissing, Refused, RequirementsUnmet, create, perform
from exchanges.models import Exchange, Payment, RecordedEntry
from exchanges.past import PastExchange
from exchanges.services import entries
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.factories.recorded import recorded_exchange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def past(parties: Parties) -> PastExchange:
    return recorded_exchange(parties, paid_on=date(2025, 6, 2), reference="Transfer 7")


def handed_in(parties: Parties, past: PastExchange) -> RecordedEntry:
    return entries.hand_in(parties.vop, past, source="Our files", by=parties.vop_coordinator)


def test_accepted_it_is_recorded_with_all_that_belongs_to_it(parties: Parties, past: PastExchange) -> None:
    entry = handed_in(parties, past)
    assert not Exchange.objects.exists()
    perform(entry, "accept", by=parties.so)
    entry.refresh_from_db()
    exchange = entry.exchange
    assert (exchange.state, exchange.is_recorded, exchange.vop) == ("closed", True, parties.vop)
    payment = Payment.objects.get(exchange=exchange)
    assert (payment.state, payment.paid_on, payment.references) == ("paid", date(2025, 6, 2), "Transfer 7")
    assert set(StateEvent.objects.filter(is_recorded=True).values_list("source", flat=True)) == {"Our files"}
    assert set(StateEvent.of(exchange).values_list("by_user", flat=True)) == {parties.so.user.pk}


def test_profiles_that_are_there_are_used(parties: Parties, past: PastExchange) -> None:
    perform(handed_in(parties, replace(past, modality="virtual", paid_on=None, reference="")), "accept", by=parties.so)
    perform(handed_in(parties, past), "accept", by=parties.so)
    assert (Profile.objects.count(), Exchange.objects.count()) == (2, 2)


def test_a_second_visitor_on_the_same_visit(parties: Parties, past: PastExchange) -> None:
    entry = perform(handed_in(parties, past), "accept", by=parties.so)
    entry.refresh_from_db()
    other = people.organisation("ES")
    second = replace(past, visiting_organisation=other.pk, visit=entry.exchange.visit_id)
    perform(handed_in(parties, second), "accept", by=parties.so)
    assert entry.exchange.visit.is_grouped


def test_a_fact_that_fails_leaves_nothing_behind(parties: Parties, past: PastExchange) -> None:
    """One that fails only after it was handed in."""
    entry = handed_in(parties, past)
    entry.payload |= {"end": "2025-05-13"}
    entry.save()
    with pytest.raises(RequirementsUnmet, match="at least 3"):
        perform(entry, "accept", by=parties.so)
    entry.refresh_from_db()
    assert (entry.state, Profile.objects.count(), Exchange.objects.count()) == ("submitted", 0, 0)


def test_what_does_not_exist_is_named(parties: Parties, past: PastExchange) -> None:
    with pytest.raises(Refused, match="There is no sector"):
        perform(handed_in(parties, replace(past, sector="XX")), "accept", by=parties.so)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": "12.5.2025"}, "start: “12.5.2025” is not understood"),
        ({"start": ""}, "Still missing: start"),
        ({"payable": "much"}, "payable: “much” is not understood"),
        ({"modality": "both"}, "Physical or virtual"),
        ({"colour": "red"}, "Not understood: colour"),
    ],
)
def test_what_is_not_understood_is_not_handed_in(
    parties: Parties, past: PastExchange, change: dict[str, str], sentence: str
) -> None:
    entry = RecordedEntry(partnership=parties.vop, payload=past.to_payload() | change, source="Our files")
    with pytest.raises(RequirementsUnmet, match=sentence):
        create(entry, "submit", by=parties.vop_coordinator)


def test_values_survive_the_way_through_json(past: PastExchange) -> None:
    full = replace(past, payable=Decimal("100.50"), payable_why="Less.", languages=("en", "de"))
    assert PastExchange.from_payload(full.to_payload()) == full


def test_returned_and_handed_in_again(parties: Parties, past: PastExchange) -> None:
    entry = handed_in(parties, past)
    with pytest.raises(ReasonMissing):
        perform(entry, "send_back", by=parties.so)
    perform(entry, "send_back", by=parties.so, reason="Which sector?")
    assert (entry.state, entry.comments) == ("returned", "Which sector?")
    better = replace(past, sector="14").to_payload()
    perform(entry, "submit_again", by=parties.vop_coordinator, payload=better, source="Our files, page 2")
    assert (entry.state, entry.comments, entry.payload["sector"]) == ("submitted", "", "14")


def test_only_the_support_office_accepts(parties: Parties, past: PastExchange) -> None:
    entry = handed_in(parties, past)
    for actor in (parties.vop_coordinator, parties.hop_coordinator, parties.vo):
        with pytest.raises(NotAllowed):
            perform(entry, "accept", by=actor)
    with pytest.raises(NotAllowed):
        entries.hand_in(parties.vop, past, source="Our files", by=parties.hop_coordinator)


FACTS: list[tuple[dict[str, Any], str]] = [
    ({"start": date(2025, 5, 14), "end": date(2025, 5, 12)}, "is not after the last"),
    ({"end": date(2025, 5, 13)}, "at least 3"),
    ({"end": date(2025, 6, 30)}, "longer than 1 month"),
    ({"start": date(1990, 5, 14), "end": date(1990, 5, 16)}, "no lump sum ceiling"),
    ({"start": date(2026, 11, 2), "end": date(2026, 11, 4)}, "has happened already"),
    ({"lump_sum": Decimal(5000)}, "above the ceiling"),
    ({"payable": Decimal(100)}, "say why"),
    ({"paid_on": date(2025, 5, 1)}, "can't have been paid"),
    ({"paid_on": date(2025, 6, 2), "paid_amount": Decimal(900)}, "still due"),
    ({"paid_on": date(2027, 6, 2)}, "has happened already"),
    ({"type": "nothing"}, "There is no"),
]


def test_every_fact_is_checked_when_it_is_handed_in(parties: Parties, past: PastExchange) -> None:
    for change, sentence in FACTS:
        with pytest.raises(Refused, match=sentence):
            handed_in(parties, replace(past, **{"paid_on": None, **change}))
    assert (RecordedEntry.objects.count(), Exchange.objects.count(), Profile.objects.count()) == (0, 0, 0)


def test_who_was_recorded_once_is_not_handed_in_again(parties: Parties, past: PastExchange) -> None:
    perform(handed_in(parties, past), "accept", by=parties.so)
    with pytest.raises(Refused, match="physical exchange"):
        handed_in(parties, past)


def test_handing_in_again_is_checked_too(parties: Parties, past: PastExchange) -> None:
    entry = perform(handed_in(parties, past), "send_back", by=parties.so, reason="Which sector?")
    worse = replace(past, lump_sum=Decimal(5000)).to_payload()
    with pytest.raises(Refused, match="above the ceiling"):
        perform(entry, "submit_again", by=parties.vop_coordinator, payload=worse, source="Our files")
    assert RecordedEntry.objects.get().state == "returned"
