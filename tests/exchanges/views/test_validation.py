"""The Support Office's queue and its screen for a visit."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cxc import clock
from cxc.workflow import WrongState, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange, FinancialAgreement, OwnPart, SharedPart
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.queries import assert_constant_queries
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(parties: Parties) -> Exchange:
    """Shared part, own part and agreement of one exchange are ready for validation."""
    exchange = builders.roomy(parties)
    lifecycle.submitted_shared_part(parties, exchange.visit)
    lifecycle.submitted_own_part(parties, exchange)
    lifecycle.submitted_agreement(parties, exchange)
    return exchange


def states(exchange: Exchange) -> tuple[str, str, str]:
    shared = SharedPart.objects.get(visit=exchange.visit_id).state
    own = OwnPart.objects.get(exchange=exchange).state
    return shared, own, FinancialAgreement.objects.get(exchange=exchange).state


def chosen(exchange: Exchange) -> dict[str, list[int]]:
    own, agreement = OwnPart.objects.get(exchange=exchange), FinancialAgreement.objects.get(exchange=exchange)
    return {"own": [own.pk], "agreements": [agreement.pk]}


def queue(parties: Parties) -> list[int]:
    return [visit.pk for visit in client_for(parties.so).get(reverse("validation")).context["visits"]]


def test_the_queue_goes_by_start_then_by_waiting_time(parties: Parties) -> None:
    exchanges = [builders.roomy(usual_parties()) for _ in range(3)]
    shifted = exchanges[2]
    builders.send(parties.so, "visit_dates", shifted.visit_id, dates(shifted), first_day="2026-09-21")
    builders.send(
        parties.so, "exchange_agreed", shifted.pk, start="2026-09-21", end="2026-09-23", sector="13", lump_sum="400"
    )
    for exchange, hour in zip(exchanges, (12, 11, 13), strict=True):
        with clock.at(NOW.replace(hour=hour)):
            lifecycle.submitted_shared_part(cast_of(parties, exchange), exchange.visit)
    assert queue(parties) == [shifted.visit_id, exchanges[1].visit_id, exchanges[0].visit_id]


def dates(exchange: Exchange) -> dict[str, str]:
    visit = exchange.visit
    return {"first_day": str(visit.first_day), "last_day": str(visit.last_day), "time_zone": visit.time_zone}


def cast_of(parties: Parties, exchange: Exchange) -> Parties:
    """Somebody who writes for this exchange's host and lead."""
    from dataclasses import replace

    from tests.factories import people

    return replace(parties, ho=people.member(exchange.host), vop_coordinator=people.coordinator(exchange.visit.lead))


def test_all_is_validated_together(parties: Parties, waiting: Exchange) -> None:
    response = builders.send(parties.so, "validation_visit", waiting.visit_id, chosen(waiting), decision="validate")
    assert response.url == reverse("validation")
    assert states(waiting) == ("validated", "validated", "validated")
    assert queue(parties) == []


def test_what_is_not_chosen_waits_on(parties: Parties, waiting: Exchange) -> None:
    own = chosen(waiting)["own"]
    response = builders.send(parties.so, "validation_visit", waiting.visit_id, own=own, decision="validate")
    assert response.url == reverse("validation_visit", args=[waiting.visit_id])
    assert states(waiting) == ("validated", "validated", "ready")


def test_returning_one_part_returns_only_that(parties: Parties, waiting: Exchange) -> None:
    own = chosen(waiting)["own"]
    bare = builders.send(parties.so, "validation_visit", waiting.visit_id, own=own, decision="return")
    assert list(builders.errors(bare)) == ["comments"]
    builders.send(parties.so, "validation_visit", waiting.visit_id, own=own, decision="return", comments="Say more")
    assert states(waiting) == ("ready", "returned", "ready")
    assert "Say more" in builders.page(parties.vo, "exchange", waiting.pk)


def test_returning_the_shared_part_returns_all(parties: Parties, waiting: Exchange) -> None:
    builders.send(parties.so, "validation_visit", waiting.visit_id, decision="return shared", comments="No breaks")
    assert states(waiting)[:2] == ("returned", "returned")
    assert "No breaks" in builders.page(parties.ho, "visit", waiting.visit_id)


def test_what_is_ready_is_taken_back_by_who_handed_it_in_until_it_is_decided(
    parties: Parties, waiting: Exchange
) -> None:
    parts = {"sharedpart": waiting.visit.shared_part, "ownpart": waiting.own_part}
    parts["financialagreement"] = waiting.agreement
    assert "take_back" in builders.page(parties.vop_coordinator, "exchange", waiting.pk)
    for kind, part in parts.items():
        builders.send_transition(parties.vop_coordinator, f"exchanges.{kind}", part.pk, "take_back")
    assert states(waiting) == ("draft", "draft", "draft")
    assert queue(parties) == []
    assert [StateEvent.of(part).last().transition for part in parts.values()] == ["take_back"] * 3
    perform(SharedPart.objects.get(visit=waiting.visit_id), "submit", by=parties.vop_coordinator)
    perform(SharedPart.objects.get(visit=waiting.visit_id), "validate", by=parties.so)
    with pytest.raises(WrongState):
        perform(SharedPart.objects.get(visit=waiting.visit_id), "take_back", by=parties.vop_coordinator)


def test_the_second_look_shows_the_comments_and_what_changed_since_by_word(parties: Parties, waiting: Exchange) -> None:
    builders.send(parties.so, "validation_visit", waiting.visit_id, decision="return shared", comments="Say more.")
    shared, own = SharedPart.objects.get(visit=waiting.visit_id), OwnPart.objects.get(exchange=waiting)
    objectives = {"objectives": "Learn about many sensors."}
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=objectives)
    for part in (shared, own):
        perform(part, "submit", by=parties.vop_coordinator)
    page = builders.page(parties.so, "validation_visit", waiting.visit_id)
    assert page.count("Say more.") == 2
    assert "Nothing has been changed since then." in page
    assert [(one.label, str(one.marked)) for one in own.changes_since_return()] == [
        ("objectives", 'Learn about <ins><span class="visually-hidden"> added: </span>many</ins> sensors.')
    ]
    builders.send(parties.so, "validation_visit", waiting.visit_id, chosen(waiting), decision="validate")
    assert "Say more." not in builders.page(parties.so, "validation_visit", waiting.visit_id)


def test_the_queue_says_which_start_is_past_and_which_answer_is_late(parties: Parties, waiting: Exchange) -> None:
    def marks(days: int) -> tuple[bool, bool]:
        with clock.at(NOW + timedelta(days=days)):
            (row,) = client_for(parties.so).get(reverse("validation")).context["rows"]
        return row.has_begun, row.is_late

    assert [marks(days) for days in (0, 7, 8, 22)] == [(False, False), (False, False), (False, True), (True, True)]


def test_something_is_to_be_chosen(parties: Parties, waiting: Exchange) -> None:
    assert list(builders.errors(builders.send(parties.so, "validation_visit", waiting.visit_id))) == ["decision"]
    returned = builders.send(parties.so, "validation_visit", waiting.visit_id, decision="return", comments="Say more")
    assert list(builders.errors(returned)) == ["__all__"]


def test_the_queue_counts_alike_however_long(parties: Parties) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            made = usual_parties()
            lifecycle.submitted_shared_part(made, builders.roomy(made).visit)

    assert_constant_queries(client_for(parties.so), reverse("validation"), add)


def test_what_was_done_is_said_in_its_word(parties: Parties, waiting: Exchange) -> None:
    address, own = reverse("validation_visit", args=[waiting.visit_id]), chosen(waiting)["own"]
    office = client_for(parties.so)
    returned = office.post(address, {"own": own, "decision": "return", "comments": "Say more"}, follow=True)
    assert "1 document returned." in returned.content.decode()
    validated = office.post(address, {"decision": "validate"}, follow=True)
    assert "1 document validated." in validated.content.decode()


def test_a_first_version_is_not_called_editorial(parties: Parties, waiting: Exchange) -> None:
    address = reverse("validation_visit", args=[waiting.visit_id])
    assert "editorial" not in client_for(parties.so).get(address).content.decode()
    builders.send(parties.so, "validation_visit", waiting.visit_id, chosen(waiting), decision="validate")
    shared = SharedPart.objects.get(visit=waiting.visit_id)
    perform(shared, "revise", by=parties.vop_coordinator)
    perform(SharedPart.objects.get(pk=shared.pk), "submit", by=parties.vop_coordinator)
    assert "editorial" in client_for(parties.so).get(address).content.decode()
