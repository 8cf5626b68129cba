"""A Partnership enters what took place; the Support Office accepts it, and it is recorded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cxc.workflow import NotAllowed, ReasonMissing, Refused, RequirementsUnmet, create, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange, Payment, RecordedSubmission
from exchanges.recorded_exchange import RecordedExchange
from exchanges.services import recorded_submissions
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.factories.recorded import recorded_exchange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def recorded(parties: Parties) -> RecordedExchange:
    return recorded_exchange(parties, paid_on=date(2025, 6, 2), reference="Transfer 7")


def handed_in(parties: Parties, recorded: RecordedExchange) -> RecordedSubmission:
    return recorded_submissions.hand_in(parties.vop, recorded, source="Our files", by=parties.vop_coordinator)


def test_accepted_it_is_recorded_with_all_that_belongs_to_it(parties: Parties, recorded: RecordedExchange) -> None:
    submission = handed_in(parties, recorded)
    assert not Exchange.objects.exists()
    perform(submission, "accept", by=parties.so)
    submission.refresh_from_db()
    exchange = submission.exchange
    assert (exchange.state, exchange.is_recorded, exchange.vop) == ("closed", True, parties.vop)
    payment = Payment.objects.get(exchange=exchange)
    assert (payment.state, payment.paid_on, payment.references) == ("paid", date(2025, 6, 2), "Transfer 7")
    assert set(StateEvent.objects.filter(is_recorded=True).values_list("source", flat=True)) == {"Our files"}
    assert set(StateEvent.of(exchange).values_list("by_user", flat=True)) == {parties.so.user.pk}


def test_profiles_that_are_there_are_used(parties: Parties, recorded: RecordedExchange) -> None:
    perform(
        handed_in(parties, replace(recorded, modality="virtual", paid_on=None, reference="")), "accept", by=parties.so
    )
    perform(handed_in(parties, recorded), "accept", by=parties.so)
    assert (Profile.objects.count(), Exchange.objects.count()) == (2, 2)


def test_a_second_visitor_on_the_same_visit(parties: Parties, recorded: RecordedExchange) -> None:
    submission = perform(handed_in(parties, recorded), "accept", by=parties.so)
    submission.refresh_from_db()
    other = people.organisation("ES")
    second = replace(recorded, visiting_organisation=other.pk, visit=submission.exchange.visit_id)
    perform(handed_in(parties, second), "accept", by=parties.so)
    assert submission.exchange.visit.is_grouped


def test_a_fact_that_fails_leaves_nothing_behind(parties: Parties, recorded: RecordedExchange) -> None:
    """One that fails only after it was handed in."""
    submission = handed_in(parties, recorded)
    submission.payload |= {"end": "2025-05-13"}
    submission.save()
    with pytest.raises(RequirementsUnmet, match="at least 3"):
        perform(submission, "accept", by=parties.so)
    submission.refresh_from_db()
    assert (submission.state, Profile.objects.count(), Exchange.objects.count()) == ("submitted", 0, 0)


def test_what_does_not_exist_is_named(parties: Parties, recorded: RecordedExchange) -> None:
    with pytest.raises(Refused, match="There is no sector"):
        perform(handed_in(parties, replace(recorded, sector="XX")), "accept", by=parties.so)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": "12.5.2025"}, "start: “12.5.2025” is not understood"),
        ({"start": ""}, "Fill in what is missing: start"),
        ({"payable": "much"}, "payable: “much” is not understood"),
        ({"modality": "both"}, "Physical or virtual"),
        ({"colour": "red"}, "Not understood: colour"),
    ],
)
def test_what_is_not_understood_is_not_handed_in(
    parties: Parties, recorded: RecordedExchange, change: dict[str, str], sentence: str
) -> None:
    submission = RecordedSubmission(partnership=parties.vop, payload=recorded.to_payload() | change, source="Our files")
    with pytest.raises(RequirementsUnmet, match=sentence):
        create(submission, "submit", by=parties.vop_coordinator)


def test_values_survive_the_way_through_json(recorded: RecordedExchange) -> None:
    full = replace(recorded, payable=Decimal("100.50"), payable_why="Less.", languages=("en", "de"))
    assert RecordedExchange.from_payload(full.to_payload()) == full


def test_returned_and_handed_in_again(parties: Parties, recorded: RecordedExchange) -> None:
    submission = handed_in(parties, recorded)
    with pytest.raises(ReasonMissing):
        perform(submission, "send_back", by=parties.so)
    perform(submission, "send_back", by=parties.so, reason="Which sector?")
    assert (submission.state, submission.comments) == ("returned", "Which sector?")
    better = replace(recorded, sector="14").to_payload()
    perform(submission, "submit_again", by=parties.vop_coordinator, payload=better, source="Our files, page 2")
    assert (submission.state, submission.comments, submission.payload["sector"]) == ("submitted", "", "14")


def test_only_the_support_office_accepts(parties: Parties, recorded: RecordedExchange) -> None:
    submission = handed_in(parties, recorded)
    for actor in (parties.vop_coordinator, parties.hop_coordinator, parties.vo):
        with pytest.raises(NotAllowed):
            perform(submission, "accept", by=actor)
    with pytest.raises(NotAllowed):
        recorded_submissions.hand_in(parties.vop, recorded, source="Our files", by=parties.hop_coordinator)


FACTS: list[tuple[dict[str, Any], str]] = [
    ({"start": date(2025, 5, 14), "end": date(2025, 5, 12)}, "is not after the last"),
    ({"end": date(2025, 5, 13)}, "at least 3"),
    ({"end": date(2025, 6, 30)}, "at most 1 month"),
    ({"start": date(1990, 5, 14), "end": date(1990, 5, 16)}, "enter a lump sum ceiling"),
    ({"start": date(2026, 11, 2), "end": date(2026, 11, 4)}, "has happened already"),
    ({"lump_sum": Decimal(5000)}, "above the ceiling"),
    ({"payable": Decimal(100)}, "say why"),
    ({"paid_on": date(2025, 5, 1)}, "can't have been paid"),
    ({"paid_on": date(2025, 6, 2), "paid_amount": Decimal(900)}, "still due"),
    ({"paid_on": date(2027, 6, 2)}, "has happened already"),
    ({"type": "nothing"}, "There is no"),
]


def test_every_fact_is_checked_when_it_is_handed_in(parties: Parties, recorded: RecordedExchange) -> None:
    for change, sentence in FACTS:
        with pytest.raises(Refused, match=sentence):
            handed_in(parties, replace(recorded, **{"paid_on": None, **change}))
    assert (RecordedSubmission.objects.count(), Exchange.objects.count(), Profile.objects.count()) == (0, 0, 0)


def test_who_was_recorded_once_is_not_handed_in_again(parties: Parties, recorded: RecordedExchange) -> None:
    perform(handed_in(parties, recorded), "accept", by=parties.so)
    with pytest.raises(Refused, match="physical exchange"):
        handed_in(parties, recorded)


def test_handing_in_again_is_checked_too(parties: Parties, recorded: RecordedExchange) -> None:
    submission = perform(handed_in(parties, recorded), "send_back", by=parties.so, reason="Which sector?")
    worse = replace(recorded, lump_sum=Decimal(5000)).to_payload()
    with pytest.raises(Refused, match="above the ceiling"):
        perform(submission, "submit_again", by=parties.vop_coordinator, payload=worse, source="Our files")
    assert RecordedSubmission.objects.get().state == "returned"
