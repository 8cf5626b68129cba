"""What was returned with comments is called so on pages, in mails and in lists, until it is handed in again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.todo import items_for, reminders
from cxc.todo.models import TodoItem
from cxc.todo.remind import remind_now
from cxc.workflow import StatefulModel, perform
from exchanges.models import OwnPart
from profiles.services import weekly_mail
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.html import source_of
from tests.list_files import csv_of
from tests.queries import count_queries
from tests.scenarios import completion, lifecycle, states

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]

ON_THE_DAY = "returned on 7 Sep 2026 with comments"
IN_A_LIST = "returned on 07/09/2026 with comments"
OWN_TEXTS = {**lifecycle.OWN_TEXTS, "objectives": "Learn about sensors, and about who uses them."}


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


def returned_profile(parties: Parties) -> StatefulModel:
    return perform(states.submitted_profile(parties), "send_back", by=parties.vop_coordinator, reason="Which days?")


def said_to(actor: Actor) -> dict[str, str]:
    """What the rows of the to-do page say of a return, by what is owed."""
    return {row.name: row.returned for row in items_for(actor) if row.returned}


RETURNED: dict[str, tuple[Callable[[Parties], StatefulModel], str]] = {
    "finish_draft": (returned_profile, "vo"),
    "shared_part": (states.returned_shared, "ho"),
    "own_part": (states.returned_own, "vo"),
    "fa_ready": (states.returned_agreement, "vop_coordinator"),
    "evidence": (states.returned_evidence, "vo"),
    "correct_entry": (states.returned_entry, "vop_coordinator"),
}


@pytest.mark.parametrize("code", RETURNED)
def test_the_author_reads_on_which_day_it_was_returned(parties: Parties, code: str) -> None:
    build, name = RETURNED[code]
    build(parties)
    later = lifecycle.NOW if code != "evidence" else completion.AFTER
    with clock.at(later):
        said = said_to(getattr(parties, name))
    assert list(said) == [code]
    assert said[code].startswith("returned on ")


def test_a_report_is_returned_on_the_day_at_the_hosts_place(parties: Parties) -> None:
    report = states.submitted_report(parties)
    with clock.at(completion.AFTER.replace(hour=22, minute=30)):
        perform(report, "send_back", by=parties.vop_coordinator, reason="Which contacts?")
        assert said_to(parties.vo) == {"far": "returned on 2 Oct 2026 with comments"}


def test_it_is_said_until_it_is_handed_in_again_and_only_of_that(parties: Parties) -> None:
    own = states.returned_own(parties)
    assert said_to(parties.vo) == {"own_part": ON_THE_DAY}
    assert said_to(parties.so) == said_to(parties.ho) == {}
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=OWN_TEXTS)
    assert (said_to(parties.vo), said_to(parties.vop_coordinator)) == ({}, {"own_part_ready": ON_THE_DAY})
    perform(own, "submit", by=parties.vop_coordinator)
    assert said_to(parties.vop_coordinator) == {}
    perform(own, "take_back", by=parties.vop_coordinator)
    assert said_to(parties.vop_coordinator) == {}


def test_a_page_says_it_in_the_row_and_where_things_stand(parties: Parties) -> None:
    states.returned_own(parties)
    page = source_of(client_for(parties.vo).get("/todo/"))
    assert f'<span class="returned">· {ON_THE_DAY}</span>' in page
    stages = source_of(client_for(parties.vop_coordinator).get("/todo/"))
    assert '<span class="returned">Returned on 7 Sep 2026 with comments</span>' in stages


def test_mails_about_it_say_it(parties: Parties) -> None:
    own = states.returned_own(parties)
    with clock.at(lifecycle.NOW + timedelta(days=7)):
        reminders.write_due()
        weekly_mail.send_due()
    reminder = Mail.objects.get(key__startswith="reminder:own_part:", to_user=parties.vo.user)
    weekly = Mail.objects.get(key__startswith="weekly-todo:", to_user=parties.vo.user)
    assert "It was returned on 7 September 2026 with comments" in reminder.text
    assert ON_THE_DAY in weekly.text
    assert ON_THE_DAY in weekly.html
    item = TodoItem.objects.get(code="own_part")
    remind_now(item.kind, item.thing_id, item.code, by=parties.so)
    assert "It was returned on" in Mail.objects.get(key__startswith="reminded:").text
    Mail.objects.all().delete()
    perform(own, "edit", by=parties.vo, version_read=own.row_version, fields=OWN_TEXTS)
    perform(own, "submit", by=parties.vop_coordinator)
    with clock.at(lifecycle.NOW + timedelta(days=8)):
        reminders.write_due()
    assert not Mail.objects.filter(text__contains="It was returned").exists()


def test_lists_and_their_files_say_it_to_who_may_see_it(parties: Parties) -> None:
    exchange = states.returned_own(parties).exchange
    sentence = f"Own part of the CTQ: {IN_A_LIST}"
    for actor in (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so):
        client = client_for(actor)
        assert sentence in source_of(client.get("/exchanges/"))
        assert [row["Returned with comments"] for row in csv_of(client, "/exchanges/?format=csv")] == [sentence]
        assert ON_THE_DAY in source_of(client.get(exchange.get_absolute_url()))
    assert sentence not in source_of(client_for(people.observer()).get("/exchanges/"))


def test_what_one_may_not_read_is_not_called_returned(parties: Parties) -> None:
    exchange = states.returned_agreement(parties).exchange
    for actor, sees in ((parties.vo, True), (parties.vop_coordinator, True), (parties.so, True), (parties.ho, False)):
        client = client_for(actor)
        assert (IN_A_LIST in source_of(client.get("/exchanges/"))) is sees
        assert (ON_THE_DAY in source_of(client.get(exchange.get_absolute_url()))) is sees
        (row,) = csv_of(client, "/exchanges/?format=csv")
        assert (row["Returned with comments"] != "") is sees


def test_the_list_of_profiles_says_it_too(parties: Parties) -> None:
    profile = returned_profile(parties)
    client = client_for(parties.vop_coordinator)
    assert "Returned on 07/09/2026 with comments" in source_of(client.get("/profiles/"))
    assert [row["Returned with comments"] for row in csv_of(client, "/profiles/?format=csv")] == [
        "Returned on 07/09/2026 with comments"
    ]
    perform(profile, "submit", by=parties.vo)
    assert "with comments</span>" not in source_of(client.get("/profiles/"))


def test_many_returned_things_take_no_further_queries(parties: Parties) -> None:
    first = builders.roomy(parties)
    lifecycle.submitted_shared_part(parties, first.visit)
    perform(first.visit.shared_part, "validate", by=parties.so)

    def one_more(who: Parties, exchange: Any) -> None:
        own = lifecycle.submitted_own_part(who, exchange)
        perform(OwnPart.objects.get(pk=own.pk), "send_back", by=who.so, reason="Too short.")
        draft = lifecycle.draft(people.organisation("ES"), who.vop, who.vop_coordinator)
        perform(draft, "submit", by=who.vop_coordinator)
        perform(draft, "send_back", by=who.vop_coordinator, reason="Which days?")

    pages = [
        (client_for(actor), page)
        for actor in (parties.vop_coordinator, parties.so)
        for page in ("/todo/", "/exchanges/", "/profiles/", "/exchanges/?format=xlsx")
    ]
    one_more(parties, first)
    one = [count_queries(client, page) for client, page in pages]
    for _ in range(3):
        another = with_another_visitor(parties)
        one_more(another, lifecycle.joined(another, first.visit))
    assert [count_queries(client, page) for client, page in pages] == one
