"""Moving a visit on its pages: asking with a preview, answering, and what each reader sees."""

from typing import Any

import pytest
from django.urls import reverse

from exchanges.models import VisitMove
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import lifecycle, states
from tests.scenarios.visit_moves import NEW, agree, ask

pytestmark = pytest.mark.django_db

FORM = {**{name: str(day) for name, day in NEW.items()}, "reason": "The hall is closed."}


def test_it_is_asked_in_three_clicks_and_nobody_before_the_preview(parties: Parties) -> None:
    visit = lifecycle.signed(parties).visit
    client, address = client_for(parties.vop_coordinator), reverse("visit_move_ask", args=[visit.pk])
    assert f'href="{address}"' in client.get(visit.get_absolute_url()).content.decode()
    shown: Any = client.post(address, FORM)
    text = shown.content.decode()
    assert (shown.status_code, VisitMove.objects.count()) == (200, 0)
    assert "The hall is closed." in text
    assert "4 signatures no longer count" in text
    assert "EUR" in text
    previewed = shown.context["previewed"]
    other = client.post(address, FORM | {"last_day": "2026-10-15", "ask": "1", "previewed": previewed})
    assert (other.status_code, VisitMove.objects.count()) == (200, 0)
    done: Any = client.post(address, FORM | {"ask": "1", "previewed": previewed})
    assert done.url == VisitMove.objects.get().get_absolute_url()


def test_what_keeps_from_asking_stands_beside_what_was_typed(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    days = {"first_day": "2026-09-08", "last_day": "2026-09-10"}
    shown: Any = client_for(parties.ho).post(reverse("visit_move_ask", args=[visit.pk]), FORM | days)
    assert "too near, or past" in shown.content.decode()
    assert 'name="ask"' not in shown.content.decode()


def test_one_day_of_two_is_asked_for(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    address = reverse("visit_move_ask", args=[exchange.visit_id])
    shown: Any = client_for(parties.ho).post(address, FORM | {f"first_{exchange.pk}": "2026-10-12"})
    assert "Enter both days, or none." in shown.content.decode()


@pytest.mark.parametrize(
    ("who_asks", "status"), [("vo", 403), ("vop reader", 403), ("stranger", 404), ("observer", 403)]
)
def test_who_does_not_ask(parties: Parties, who: dict[str, Any], who_asks: str, status: int) -> None:
    visit = lifecycle.in_preparation(parties).visit
    response = client_for(who[who_asks]).get(reverse("visit_move_ask", args=[visit.pk]))
    assert response.status_code == status


def test_a_visitor_sees_its_own_exchange_and_no_other_name(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    second = with_another_visitor(parties, vop=people.partnership("FR"))
    lifecycle.joined(second, visit)
    move = ask(visit, parties.hop_coordinator)
    shown = client_for(parties.vo).get(move.get_absolute_url()).content.decode()
    assert parties.visitor.legal_name in shown
    assert second.visitor.legal_name not in shown
    assert str(second.vop) not in shown
    assert "EUR" in shown
    to_host = client_for(parties.ho).get(move.get_absolute_url()).content.decode()
    assert second.visitor.legal_name in to_host
    assert "EUR" not in to_host
    assert "Documents and money" in shown
    assert "Documents and money" not in to_host
    to_other = client_for(second.vop_coordinator).get(move.get_absolute_url()).content.decode()
    assert to_other.count("ceiling") == 1  # of its own visitor only
    own = client_for(parties.vo).get(move.visit.exchanges.get(organisation=parties.visitor).get_absolute_url())
    assert move.get_absolute_url() in own.content.decode()


def test_the_host_agrees_and_the_lead_carries_it_out(parties: Parties) -> None:
    move = states.asked_move(parties)
    shown = client_for(parties.ho).get(move.get_absolute_url()).content.decode()
    consent = move.consents.get(organisation=parties.host)
    address = reverse("transition", args=["exchanges.visitmoveconsent", consent.pk, "agree"])
    assert f'href="{address}"' in shown
    client_for(parties.ho).post(address, {"reason": ""})
    carry = reverse("transition", args=["exchanges.visitmove", move.pk, "carry_out"])
    assert f'href="{carry}"' in client_for(parties.vop_coordinator).get(move.get_absolute_url()).content.decode()
    client_for(parties.vop_coordinator).post(carry, {"reason": ""})
    move.refresh_from_db()
    assert move.state == "carried_out"
    assert str(move) == f"{parties.host}, 28 Sep 2026 → 12 Oct 2026 – 14 Oct 2026"
    assert "/refuse/" not in client_for(parties.ho).get(move.get_absolute_url()).content.decode()
    assert "Moved" in client_for(parties.vo).get(move.get_absolute_url()).content.decode()


def test_the_page_of_the_visit_leads_to_the_move_and_says_who_answers(parties: Parties) -> None:
    """Where several have to answer, they are reminded on the page of the move."""
    visit = lifecycle.in_preparation(parties).visit
    lifecycle.joined(with_another_visitor(parties, vop=people.partnership("FR")), visit)
    move = ask(visit, parties.so)
    for reader in (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so):
        shown = client_for(reader).get(visit.get_absolute_url()).content.decode()
        assert f'href="{move.get_absolute_url()}"' in shown
        assert reverse("visit_move_ask", args=[visit.pk]) not in shown
    agree(move, parties.ho)
    shown = client_for(parties.so).get(visit.get_absolute_url()).content.decode()
    assert "Agree to move the visit, or refuse" in shown


def test_another_partnership_is_not_told_that_the_move_waits_for_it(parties: Parties) -> None:
    """Nor where the lead is the Partnership of another visitor."""
    visit = lifecycle.in_preparation(parties).visit
    other = with_another_visitor(parties, vop=people.partnership("FR"))
    lifecycle.joined(other, visit)
    move = ask(visit, parties.so)
    agree(move, parties.ho, parties.vop_coordinator, other.vop_coordinator)
    assert visit.lead == parties.vop
    for reader in (other.vop_coordinator, other.vo):
        shown = client_for(reader).get(move.get_absolute_url()).content.decode()
        assert "Waiting for the lead Partnership" in shown
        assert "Waiting for you" not in shown


def test_who_asked_reminds_those_who_have_not_answered(parties: Parties) -> None:
    move = states.asked_move(parties)
    shown = client_for(parties.vop_coordinator).get(move.get_absolute_url()).content.decode()
    assert "Waiting for the host" in shown
    assert f"or refuse\n              ({parties.host})" in shown
    assert "Remind" in shown
    assert "/withdraw/" in shown
    assert "/withdraw/" not in client_for(parties.hop_coordinator).get(move.get_absolute_url()).content.decode()
    to_host = client_for(parties.ho).get(move.get_absolute_url()).content.decode()
    assert "Remind" not in to_host  # it is the one who has to answer
