"""Actions on many rows of a list: ticked, or all that its filter leaves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.bulk.models import BulkRun
from matching.models import Match
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def begun(actor: Actor, address: str, data: dict[str, Any]) -> BulkRun:
    answer: Any = client_for(actor).post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    return BulkRun.objects.get(pk=re.findall(r"/bulk/(\d+)/", answer["Location"])[0])


def test_all_rows_of_a_filter_and_no_others() -> None:
    parties = usual_parties()
    lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host", places=3)
    first = lifecycle.in_preparation(parties)
    lifecycle.joined(with_another_visitor(parties), first.visit)
    address = f"{reverse('exchanges')}?text={first.reference}"
    run = begun(parties.vop_coordinator, address, {"action": "exchange-cancel", "all": "1"})
    assert [item.thing_id for item in run.items.all()] == [first.pk]
    assert run.next_url == address
    every = begun(parties.vop_coordinator, reverse("exchanges"), {"action": "exchange-cancel", "all": "1"})
    assert every.items.count() == 2


def test_selected_rows_only_of_what_one_may_see() -> None:
    parties = usual_parties()
    mine = lifecycle.proposed(parties)
    stranger = people.coordinator(people.partnership("FR"))
    run = begun(parties.vop_coordinator, reverse("matches"), {"action": "match-withdraw", "row": [mine.pk]})
    assert run.items.count() == 1
    data = {"action": "match-withdraw", "row": [mine.pk]}
    answer: Any = client_for(stranger).post(reverse("matches"), data, follow=True)
    assert "Select at least one row." in answer.content.decode()
    assert Match.objects.get(pk=mine.pk).state == "proposed"


def test_coordinators_and_the_support_office_get_checkboxes() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    for actor, expected in ((parties.vop_coordinator, True), (parties.so, True), (parties.vo, False)):
        page = client_for(actor).get(reverse("exchanges")).content.decode()
        assert ('name="row"' in page) is expected
        assert ('id="bulk-form"' in page) is expected
    assert 'name="row"' not in client_for(people.observer()).get(reverse("exchanges")).content.decode()


def test_a_late_list_reminds_of_what_is_late() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    address = f"{reverse('exchanges')}?late=agree_figures"
    with clock.at(lifecycle.NOW + timedelta(days=14)):
        assert "remind:agree_figures" in client_for(parties.so).get(address).content.decode()


def test_without_a_choice_the_list_says_what_to_do() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    client = client_for(parties.vop_coordinator)
    answer: Any = client.post(reverse("exchanges"), {"action": "", "all": "1"}, follow=True)
    assert "Choose an action." in answer.content.decode()


def test_only_actions_with_a_button_on_the_list_begin() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    for actor, action in ((parties.vo, "message-exchange"), (parties.vop_coordinator, "remind:pay")):
        answer = client_for(actor).post(reverse("exchanges"), {"action": action, "all": "1"})
        assert answer.status_code == 403, action
    assert not BulkRun.objects.exists()


def test_nothing_begins_on_a_list_whose_filter_cannot_be_read() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    client = client_for(parties.vop_coordinator)
    answer: Any = client.post(f"{reverse('exchanges')}?from=banana", {"action": "exchange-cancel", "all": "1"})
    assert answer.status_code == 400
    assert not BulkRun.objects.exists()
