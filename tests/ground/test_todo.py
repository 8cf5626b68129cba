"""The to-do page: items come and go with the state of things."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.ground.access import Actor
from cxc.ground.delivery import MOST_ATTEMPTS
from cxc.ground.models import Mail
from cxc.ground.moves import perform
from cxc.ground.todo import Stage, items_for, standings_for
from profiles.services import invitations
from tests.world import paths, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names(actor: Actor) -> list[str]:
    return [item.name for item in items_for(actor)]


def test_a_draft_waits_for_its_holder_until_submitted_and_then_for_its_partnership() -> None:
    c = paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    assert (names(c.vo), names(c.vop_coordinator)) == (["finish_draft"], [])
    perform(profile, "submit", by=c.vo)
    assert (names(c.vo), names(c.vop_coordinator)) == ([], ["accept_profile"])
    (item,) = items_for(c.vop_coordinator)
    assert (item.due, item.is_late) == (date(2026, 9, 14), False)
    perform(profile, "publish", by=c.vop_coordinator)
    assert (names(c.vo), names(c.vop_coordinator)) == ([], [])


def test_what_is_late_says_so_and_comes_first_and_reaches_the_support_office() -> None:
    c = paths.cast()
    late = paths.draft(c.visitor, c.vop, c.vo)
    perform(late, "submit", by=c.vo)
    with clock.at(paths.NOW + timedelta(days=8)):
        fresh = paths.draft(c.visitor, c.vop, c.vo, kind="host")
        perform(fresh, "submit", by=c.vo)
        items = items_for(c.vop_coordinator)
        assert [(item.thing, item.is_late) for item in items] == [(str(late), True), (str(fresh), False)]
        assert names(c.so) == ["profile_stuck"]


def test_nobody_is_asked_to_accept_a_profile_of_their_own_organisation() -> None:
    c = paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    perform(profile, "submit", by=c.vo)
    own = Actor(
        c.vop_coordinator.user,
        c.vop_coordinator.body,
        c.vop.pk,
        c.vop_coordinator.rank,
        organisations=frozenset({c.visitor.pk}),
    )
    assert (names(own), names(c.vop_coordinator)) == ([], ["accept_profile"])


def test_a_proposal_waits_for_the_side_that_has_not_answered() -> None:
    c = paths.cast()
    match = paths.proposed(c)
    assert (names(c.vo), names(c.ho)) == ([], ["answer_as_host"])
    assert items_for(c.ho)[0].due == date(2026, 9, 28)
    perform(match, "host_yes", by=c.ho)
    assert (names(c.ho), names(c.vop_coordinator), names(c.hop_coordinator)) == (
        [],
        ["build_exchange"],
        ["build_exchange"],
    )


def test_an_exchange_in_preparation_asks_each_side_for_its_part() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    assert sorted(names(c.vo)) == ["iban", "own_part"]
    assert names(c.ho) == ["shared_part"]
    assert sorted(names(c.vop_coordinator)) == ["agree_figures", "own_part_ready", "shared_part"]
    assert (names(c.hop_coordinator), names(c.so)) == ([], [])
    own = next(item for item in items_for(c.vo) if item.name == "own_part")
    assert (own.due, own.is_late) == (date(2026, 9, 14), False)
    perform(exchange, "cancel", by=c.vop_coordinator, reason="Ill.")
    assert (names(c.vo), names(c.ho)) == ([], [])


def test_readers_observers_and_strangers_have_nothing_to_do() -> None:
    c = paths.cast()
    paths.in_preparation(c)
    for actor in (people.member(c.visitor, "reader"), people.coordinator(c.vop, "reader"), people.observer()):
        assert names(actor) == []
    assert names(people.stranger()) == []


def test_mails_that_were_given_up_wait_for_the_support_office() -> None:
    c = paths.cast()
    Mail.objects.create(to_address="a@test.example", subject="S", text="T", status="failed", attempts=1)
    assert names(c.so) == []
    Mail.objects.update(attempts=MOST_ATTEMPTS)
    assert (names(c.so), names(c.vop_coordinator)) == (["failed_mails"], [])


def test_an_organisation_without_a_profile_is_asked_for_one() -> None:
    c = paths.cast()
    assert names(c.vo) == ["first_profile"]
    paths.draft(c.visitor, c.vop, c.vo)
    assert names(c.vo) == ["finish_draft"]


def test_an_invitation_waits_for_the_person_until_accepted() -> None:
    c = paths.cast()
    paths.draft(c.visitor, c.vop, c.vo)
    guest = people.stranger()
    made = invitations.invite(c.visitor, by=c.vo, email=guest.user.email, role="editor")
    assert names(guest) == ["invitation"]
    invitations.accept(made, by=guest)
    assert names(guest) == []


def test_where_my_things_stand() -> None:
    c = paths.cast()
    paths.in_preparation(c)
    stages = [(type(row.thing).__name__, row.stage) for row in standings_for(c.vo)]
    assert stages == [("Profile", Stage.MATCHING), ("Match", Stage.MATCHING), ("Exchange", Stage.BUILDING)]
    (exchange,) = [row for row in standings_for(c.ho) if row.stage is Stage.BUILDING]
    assert [step for _, step in exchange.steps] == ["done", "done", "present", "to-come"]


def _page_queries(actor: Actor) -> int:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/todo/")
    assert response.status_code == 200
    return len(queries)


def test_the_page_asks_as_often_for_many_things_as_for_one() -> None:
    c = paths.cast()
    actors = (c.vo, c.ho, c.vop_coordinator, c.hop_coordinator, c.so)
    _a_world(c)
    one = [_page_queries(actor) for actor in actors]
    _a_world(c, more=5)
    assert [_page_queries(actor) for actor in actors] == one
    for actor in actors:
        assert _wrong_links(actor) == []


def _wrong_links(actor: Actor) -> list[tuple[str, int]]:
    """Items of each kind whose page does not open for the person they are shown to."""
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    pages = {item.name: item.url for item in items_for(actor)}
    answers = [(name, client.get(url).status_code) for name, url in pages.items()]
    return [(name, status) for name, status in answers if status != 200]


def _a_world(c: paths.Cast, more: int = 1) -> None:
    """Every kind of thing that the page lists, for the same Partnerships and organisations."""
    for _ in range(more):
        paths.draft(c.visitor, c.vop, c.vo)
        perform(paths.draft(c.host, c.hop, c.ho, kind="host"), "submit", by=c.ho)
        other = paths.Cast(
            people.organisation("ES"), c.host, c.vop, c.hop, c.vo, c.ho, c.vop_coordinator, c.hop_coordinator, c.so
        )
        other.vo = people.member(other.visitor)
        paths.proposed(other)
        for build in (paths.in_preparation, _validated, paths.ongoing):
            other.visitor = people.organisation("FR")
            other.vo = people.member(other.visitor, signs=True)
            build(other)


def _validated(c: paths.Cast) -> None:
    paths.validated_papers(c, paths.in_preparation(c))


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    response = client.get("/todo/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/todo/")
