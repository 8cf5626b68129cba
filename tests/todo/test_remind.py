"""Reminding now: one message to those who owe it, recorded on the thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.core.refusals import Refused
from cxc.todo.models import TodoItem
from cxc.todo.remind import remind_now
from cxc.workflow import NotAllowed, StatefulModel, kind_of, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange, Visit
from profiles.enums import PartnershipRole
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.queries import count_queries
from tests.scenarios import lifecycle, states

pytestmark = [pytest.mark.long(70), pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return lifecycle.in_preparation(parties)


def the_own_part() -> TodoItem:
    return TodoItem.objects.get(code="own_part")


def sent() -> list[str]:
    return [mail.to_address for mail in Mail.objects.filter(key__startswith="reminded:")]


def test_the_partnership_reminds_the_visitor_once_a_day_and_the_history_keeps_it(
    parties: Parties, exchange: Exchange
) -> None:
    item = the_own_part()
    remind_now(item.kind, item.thing_id, item.code, by=parties.vop_coordinator)
    assert parties.vo.user is not None
    assert sent() == [parties.vo.user.email]
    event = StateEvent.of(exchange).last()
    assert event is not None
    assert (event.transition, event.by_user) == ("remind", parties.vop_coordinator.user)
    with pytest.raises(Refused):
        remind_now(item.kind, item.thing_id, item.code, by=parties.so)
    with clock.at(lifecycle.NOW + timedelta(days=1)):
        remind_now(item.kind, item.thing_id, item.code, by=parties.so)
    assert len(sent()) == 2


def test_nobody_reminds_themselves_or_of_what_they_do_not_see_or_may_not_write(
    parties: Parties, exchange: Exchange
) -> None:
    item = the_own_part()
    for actor in (parties.vo, people.member(parties.host, "reader"), people.observer()):
        with pytest.raises(NotAllowed):
            remind_now(item.kind, item.thing_id, item.code, by=actor)
    with pytest.raises(Http404):
        remind_now(item.kind, item.thing_id, item.code, by=usual_parties().ho)
    for kind, code in (("exchanges.exchange", item.code), (item.kind, "nothing")):
        with pytest.raises(Http404):
            remind_now(kind, item.thing_id, code, by=parties.vop_coordinator)
    assert sent() == []


def test_what_is_not_owed_any_more_reminds_nobody(parties: Parties, exchange: Exchange) -> None:
    item = the_own_part()
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    with pytest.raises(Refused, match="no longer owed"):
        remind_now(item.kind, item.thing_id, item.code, by=parties.vop_coordinator)
    assert sent() == []


def test_the_history_speaks_the_portals_language_whoever_reminds(parties: Parties, exchange: Exchange) -> None:
    item = the_own_part()
    with translation.override("fr"):
        remind_now(item.kind, item.thing_id, item.code, by=parties.vop_coordinator)
    event = StateEvent.of(exchange).last()
    assert event is not None
    assert event.reason == "Write your part of the CTQ"


def history_of(thing: StatefulModel) -> str:
    return reverse("history", args=[kind_of(thing), thing.pk])


def test_the_button_stands_beside_what_others_owe(parties: Parties, exchange: Exchange) -> None:
    item = the_own_part()
    address = reverse("remind", args=[item.kind, item.thing_id, item.code])
    client = client_for(parties.vop_coordinator)
    assert f'action="{address}"' in source_of(client.get(exchange.get_absolute_url()))
    assert f'action="{address}"' not in source_of(client_for(parties.vo).get(exchange.get_absolute_url()))
    client.post(address)
    assert "Reminder sent" in source_of(client.get(history_of(exchange)))


# --- the button on every page ------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page, something owed on it, whoever owes it, and who may remind them."""

    address: str
    item: TodoItem
    owing: Actor
    may: tuple[Actor, ...]

    @property
    def button(self) -> str:
        return f'action="{reverse("remind", args=[self.item.kind, self.item.thing_id, self.item.code])}"'


def of_visit(parties: Parties) -> Page:
    visit = lifecycle.in_preparation(parties).visit
    item = TodoItem.objects.get(code="shared_part", side="ho")
    return Page(visit.get_absolute_url(), item, parties.ho, (parties.hop_coordinator, parties.so))


def of_match(parties: Parties) -> Page:
    match = lifecycle.proposed(parties)
    may = (parties.vo, parties.vop_coordinator, parties.hop_coordinator, parties.so)
    return Page(match.get_absolute_url(), TodoItem.objects.get(code="answer_as_host"), parties.ho, may)


def of_confirmed_match(parties: Parties) -> Page:
    match = lifecycle.confirmed(parties)
    item = TodoItem.objects.filter(code="build_exchange").first()
    assert item is not None
    return Page(match.get_absolute_url(), item, parties.vop_coordinator, (parties.vo, parties.ho, parties.so))


def of_profile(parties: Parties) -> Page:
    profile = states.submitted_profile(parties)
    item = TodoItem.objects.get(code="accept_profile")
    return Page(profile.get_absolute_url(), item, parties.vop_coordinator, (parties.vo, parties.so))


def of_host_profile(parties: Parties) -> Page:
    profile = lifecycle.draft(parties.host, parties.hop, parties.ho, kind="host")
    item = TodoItem.objects.get(code="finish_draft")
    return Page(profile.get_absolute_url(), item, parties.ho, (parties.hop_coordinator, parties.so))


PAGES = (of_visit, of_match, of_confirmed_match, of_profile, of_host_profile)


@pytest.mark.parametrize("build", PAGES)
def test_who_may_remind_has_the_button_and_reads_afterwards_who_did(
    parties: Parties, build: Callable[[Parties], Page]
) -> None:
    page = build(parties)
    for actor in page.may:
        assert page.button in source_of(client_for(actor).get(page.address))
    for actor in (page.owing, people.observer()):
        assert page.button not in source_of(client_for(actor).get(page.address))
    client = client_for(page.may[0])
    answer = client.post(page.button[8:-1], {"next": page.address}, follow=True)
    assert answer.redirect_chain == [(page.address, 302)]
    for actor in (*page.may, page.owing):
        source = source_of(client_for(actor).get(page.address))
        assert page.button not in source
    assert f"Reminded on 7 Sep 2026 by {page.may[0].label}" in source_of(client.get(page.address))
    with clock.at(lifecycle.NOW + timedelta(days=1)):
        assert page.button in source_of(client.get(page.address))


@pytest.mark.parametrize("build", PAGES)
def test_nobody_else_sees_the_page_or_reminds(parties: Parties, build: Callable[[Parties], Page]) -> None:
    page = build(parties)
    others = usual_parties()
    reader = people.coordinator(parties.hop, PartnershipRole.READER)
    for actor in (others.vop_coordinator, others.ho, people.stranger()):
        client = client_for(actor)
        assert client.get(page.address).status_code == 404
        assert client.post(page.button[8:-1]).status_code == 404
    assert client_for(reader).post(page.button[8:-1]).status_code in {403, 404}
    assert client_for(page.owing).post(page.button[8:-1]).status_code == 403
    assert sent() == []


def test_a_reminder_of_the_shared_part_stands_in_the_history_of_the_visit(parties: Parties) -> None:
    page = of_visit(parties)
    client_for(parties.so).post(page.button[8:-1])
    for actor in (parties.ho, parties.hop_coordinator):
        assert "Reminder sent" in source_of(client_for(actor).get(history_of(Visit.objects.get())))


def test_a_reminder_leads_back_to_pages_of_the_portal_only(parties: Parties, exchange: Exchange) -> None:
    item = the_own_part()
    address = reverse("remind", args=[item.kind, item.thing_id, item.code])
    answer = client_for(parties.vop_coordinator).post(address, {"next": "https://elsewhere.example/"})
    assert answer["Location"] == exchange.get_absolute_url()


def test_the_pages_ask_as_often_for_many_visitors(parties: Parties) -> None:
    first = builders.roomy(parties)
    page, client = first.visit.get_absolute_url(), client_for(parties.vop_coordinator)
    item = the_own_part()
    client.post(reverse("remind", args=[item.kind, item.thing_id, item.code]))
    joined = lifecycle.joined(with_another_visitor(parties), first.visit)
    few = count_queries(client, page), count_queries(client, joined.get_absolute_url())
    for _ in range(3):
        lifecycle.joined(with_another_visitor(parties), first.visit)
    for item in TodoItem.objects.filter(code="own_part"):
        client.post(reverse("remind", args=[item.kind, item.thing_id, item.code]))
    assert (count_queries(client, page), count_queries(client, joined.get_absolute_url())) == few
