"""Reminding now: one message to those who owe it, recorded on the thing."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from cxc import clock
from cxc.comms.models import Mail
from cxc.core.refusals import Refused
from cxc.todo.models import TodoItem
from cxc.todo.remind import remind_now
from cxc.workflow import NotAllowed, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


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


def test_the_button_stands_beside_what_others_owe(parties: Parties, exchange: Exchange) -> None:
    item = the_own_part()
    address = reverse("remind", args=[item.kind, item.thing_id, item.code])
    client = client_for(parties.vop_coordinator)
    assert f'action="{address}"' in source_of(client.get(exchange.get_absolute_url()))
    assert f'action="{address}"' not in source_of(client_for(parties.vo).get(exchange.get_absolute_url()))
    answer = client.post(address, follow=True)
    assert "Reminder sent" in source_of(answer)
