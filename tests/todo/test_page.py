"""The to-do page: what it costs, and that its links open."""

import pytest
from django.test import Client

from cxc import clock
from cxc.access.actor_kinds import kind_of_actor, values_of
from cxc.access.scoped import Actor
from cxc.todo import items_for, todo_page
from cxc.todo.items import owed_now
from cxc.todo.models import TodoItem
from cxc.todo.page import newest_ids
from cxc.todo.stored import owed_by
from cxc.workflow import perform
from cxc.workflow.deadlines import Deadlines
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.queries import count_queries
from tests.scenarios import lifecycle
from tests.workflow.test_fixes import problem_with

pytestmark = [pytest.mark.long(80), pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


# What each kind of reader costs: the person and their bodies, then each kind of thing with what belongs to it.
# The most for each kind of reader.
QUERIES = {"vo": 23, "ho": 33, "vop": 29, "hop": 29, "so": 23, "observer": 21}


def _page_queries(actor: Actor) -> int:
    return count_queries(client_for(actor), "/todo/")


def test_the_page_asks_as_often_for_many_things_as_for_one() -> None:
    parties = usual_parties()
    actors = (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator, parties.so)
    named = dict(zip(QUERIES, (*actors, people.observer()), strict=True))
    _a_world(parties)
    assert _above_the_limits(named) == {}
    _a_world(parties, more=3)
    assert _above_the_limits(named) == {}
    for actor in actors:
        assert _wrong_links(actor) == []
        _assert_read_together_as_by_itself(actor)


def _assert_read_together_as_by_itself(actor: Actor) -> None:
    """The page reads things once for both of its halves, and of some no more than their ids."""
    page, deadlines = todo_page(actor), Deadlines()
    assert list(page.todo.rows) == list(items_for(actor, deadlines))
    variant, values = (kind_of_actor(actor), clock.today()), values_of(actor)
    assert newest_ids.compiled(*variant, **values) is not None, "compiled once"
    assert sorted(newest_ids(*variant, **values)) == sorted(newest_ids.queryset(*variant, **values))
    stored = TodoItem.objects.visible_at(deadlines.now)
    mine = owed_by(actor)
    assert {item.pk for item in stored if mine.includes(item)} == {item.pk for item in owed_now(actor, deadlines)}


def _above_the_limits(named: dict[str, Actor]) -> dict[str, int]:
    """Fewer are right: which kinds of things stand among the first rows decides how many are looked up."""
    asked = {name: _page_queries(actor) for name, actor in named.items()}
    return {name: number for name, number in asked.items() if number > QUERIES[name]}


def _wrong_links(actor: Actor) -> list[tuple[str, str]]:
    """Items of each kind whose page, or the place on it, does not open for the person they are shown to."""
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    pages = {item.name: item.url for item in items_for(actor)}
    return [(name, problem) for name, url in pages.items() if (problem := problem_with(client, url))]


def _a_world(parties: Parties, more: int = 1) -> None:
    """Every kind of thing that the page lists, for the same Partnerships and organisations."""
    for _ in range(more):
        lifecycle.draft(parties.visitor, parties.vop, parties.vo)
        perform(lifecycle.draft(parties.host, parties.hop, parties.ho, kind="host"), "submit", by=parties.ho)
        other = Parties(
            people.organisation("ES"),
            parties.host,
            parties.vop,
            parties.hop,
            parties.vo,
            parties.ho,
            parties.vop_coordinator,
            parties.hop_coordinator,
            parties.so,
        )
        other.vo = people.member(other.visitor)
        lifecycle.proposed(other)
        for build in (lifecycle.in_preparation, _validated, lifecycle.ongoing):
            other.visitor = people.organisation("FR")
            other.vo = people.member(other.visitor, signs=True)
            build(other)


def _validated(parties: Parties) -> None:
    lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    response = client.get("/todo/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/todo/")
