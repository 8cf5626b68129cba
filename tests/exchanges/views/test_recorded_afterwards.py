"""What happened outside the portal: the Support Office enters it, a Partnership hands it in."""

from datetime import date
from typing import Any

import pytest
from django.utils.formats import date_format

from exchanges.models import Exchange, Payment, RecordedSubmission, Visit
from matching.models import Match
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(parties: Parties) -> dict[str, Any]:
    """A physical exchange of March, paid in April."""
    return {
        "source": "Letter of the host",
        "visiting_organisation": parties.visitor.pk,
        "host_organisation": parties.host.pk,
        "host_partnership": parties.hop.pk,
        "generation": people.generation().pk,
        "modality": "physical",
        "initiated_by": "ho",
        "confirmed": "2026-02-02",
        "start": "2026-03-02",
        "end": "2026-03-04",
        "type": "networking",
        "sector": "13",
        "paid_on": "2026-04-01",
    }


def test_match_visit_exchange_and_payment_are_recorded(parties: Parties, typed: dict[str, Any]) -> None:
    response = builders.send(parties.so, "record", None, typed, partnership=parties.vop.pk)
    exchange = Exchange.objects.get()
    assert response.url == f"/exchanges/{exchange.pk}/"
    assert (exchange.state, exchange.is_recorded, exchange.actual_working_days) == ("closed", True, 3)
    assert (exchange.match.state, Payment.objects.get().state) == ("completed", "paid")
    assert "Recorded afterwards: its papers are not in the portal." in builders.page(
        parties.vo, "exchange", exchange.pk
    )


def test_facts_hold_and_nothing_is_left_behind(parties: Parties, typed: dict[str, Any]) -> None:
    response = builders.send(parties.so, "record", None, typed, partnership=parties.vop.pk, end="2026-03-03")
    assert (
        "Make the stay longer: it has 2 working days, and at least 3 are needed."
        in builders.errors(response)["__all__"]
    )
    assert (Exchange.objects.count(), Visit.objects.count(), Match.objects.count()) == (0, 0, 0)


def test_a_source_is_named_and_a_payment_has_its_day(parties: Parties, typed: dict[str, Any]) -> None:
    response = builders.send(parties.so, "record", None, typed, source="", paid_on="", paid_amount="100")
    assert sorted(builders.errors(response)) == ["paid_on", "partnership", "source"]


def test_a_partnerships_entry_is_returned_mended_and_accepted(parties: Parties, typed: dict[str, Any]) -> None:
    builders.send(parties.vop_coordinator, "record", None, typed)
    submission = RecordedSubmission.objects.get()
    accept, send_back = (
        f"/transitions/exchanges.recordedsubmission/{submission.pk}/{name}/" for name in ("accept", "send_back")
    )
    assert Exchange.objects.count() == 0
    assert date_format(date.fromisoformat(submission.payload["start"])) in builders.page(
        parties.so, "recorded_submission", submission.pk
    )
    client_for(parties.so).post(send_back, {"reason": "Which days?"})
    assert "Which days?" in builders.page(parties.vop_coordinator, "recorded_submission", submission.pk)
    assert (
        builders.send(
            parties.vop_coordinator, "recorded_submission_again", submission.pk, typed, city="Gent"
        ).status_code
        == 302
    )
    assert client_for(parties.so).post(accept).status_code == 302
    assert (Exchange.objects.get().state, Visit.objects.get().city) == ("closed", "Gent")
    assert Exchange.objects.get().reference in builders.page(
        parties.vop_coordinator, "recorded_submission", submission.pk
    )


def test_an_entry_that_a_fact_stands_against_is_refused_in_words(parties: Parties, typed: dict[str, Any]) -> None:
    """To the Partnership that hands it in."""
    response = builders.send(parties.vop_coordinator, "record", None, typed, end="2026-03-03")
    assert (response.status_code, RecordedSubmission.objects.count()) == (400, 0)
    assert "at least 3 are needed" in response.content.decode()


def test_an_organisation_does_not_record(parties: Parties, typed: dict[str, Any]) -> None:
    assert builders.send(parties.vo, "record", None, typed).status_code == 403
