"""The to-do page: items come and go with the state of things."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from cxc import clock
from cxc.ground.access import Actor
from cxc.ground.delivery import MOST_ATTEMPTS
from cxc.ground.duties import Frame
from cxc.ground.models import Mail
from cxc.ground.moves import perform
from cxc.ground.todo import MOST_STANDING, Stage, Standing, StandingList, TodoItem, items_for, standings_for, survey
from profiles.services import invitations
from tests.ground.test_mending import problem_with
from tests.queries import count_queries
from tests.world import paths, people
from tests.world.web import client_for

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


def standings(actor: Actor) -> StandingList:
    frame = Frame()
    return standings_for(actor, frame, survey(actor, frame))


def stages(actor: Actor) -> list[tuple[str, Stage]]:
    return [(type(row.thing).__name__, row.stage) for row in standings(actor).rows]


def only(actor: Actor) -> Standing:
    (row,) = standings(actor).rows
    return row


def test_one_way_is_one_row_the_furthest_along() -> None:
    c = paths.cast()
    paths.proposed(c)
    assert stages(c.vo) == [("Profile", Stage.MATCHING), ("Match", Stage.MATCHING)]


def test_a_match_that_has_its_exchange_does_not_stand_beside_it() -> None:
    c = paths.cast()
    match = paths.confirmed(c)
    assert stages(c.vo) == [("Match", Stage.MATCHING)]
    exchange = paths.exchange(match, paths.visit(match, c.vop_coordinator), c.vop_coordinator)
    assert stages(c.vo) == [("Exchange", Stage.BUILDING)]
    # A host takes more visitors: its profile goes on being looked at.
    assert stages(c.ho) == [("Exchange", Stage.BUILDING), ("Profile", Stage.MATCHING)]
    assert [step for _, step in only(c.vo).steps] == ["done", "done", "present", "to-come"]
    perform(exchange, "cancel", by=c.vop_coordinator, reason="Ill.")
    assert stages(c.vo) == [("Match", Stage.MATCHING)]


def test_whoever_owes_the_next_thing_holds_it() -> None:
    c = paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    assert (only(c.vo).holders, only(c.vo).is_mine, only(c.vo).waits_for) == (("you",), True, ())
    with clock.at(paths.NOW + timedelta(days=2)):
        perform(profile, "submit", by=c.vo)
    row = only(c.vo)
    assert (row.holders, row.is_mine) == (("your Partnership",), False)
    assert row.waits_for == ("Publish the profile, or send it back",)
    assert row.since == paths.NOW + timedelta(days=2)
    assert only(c.vop_coordinator).holders == ("you",)
    perform(profile, "publish", by=c.vop_coordinator)
    assert (only(c.vo).holders, only(c.vo).idle) == ((), "In the catalogue: look for a match, or be found.")


def test_in_preparation_each_side_sees_whom_it_waits_for() -> None:
    c = paths.cast()
    exchange = paths.in_preparation(c)
    assert only(c.vo).holders == ("you", "the host", "your Partnership")
    assert _exchange_of(c.hop_coordinator).holders == ("the host", "the visitor's Partnership", "the visitor")
    paths.set_ready(c, paths.signed_papers(c, exchange))
    assert (only(c.vo).holders, only(c.vo).idle) == ((), f"Starts by itself on {date_format(paths.FIRST)}.")


def _exchange_of(actor: Actor) -> Standing:
    (row,) = [row for row in standings(actor).rows if row.stage is Stage.BUILDING]
    return row


def test_a_reader_holds_nothing() -> None:
    c = paths.cast()
    paths.draft(c.visitor, c.vop, c.vo)
    row = only(people.member(c.visitor, "reader"))
    assert (row.holders, row.is_mine) == (("your colleagues",), False)


def test_of_many_things_the_first_stand_there_with_the_way_to_all() -> None:
    c = paths.cast()
    for _ in range(MOST_STANDING):
        paths.draft(c.visitor, c.vop, c.vo)
    found = standings(c.vop_coordinator)
    assert (len(found.rows), found.more) == (MOST_STANDING, [])
    paths.draft(c.visitor, c.vop, c.vo)
    found = standings(c.vop_coordinator)
    assert (len(found.rows), found.more) == (MOST_STANDING, [("All profiles", "/profiles/")])


def test_the_offices_see_where_things_stand_and_a_stranger_nothing() -> None:
    c = paths.cast()
    paths.proposed(c)
    assert only_kinds(c.so) == only_kinds(people.observer()) == {"Profile", "Match"}
    assert standings(people.stranger()).rows == []


def only_kinds(actor: Actor) -> set[str]:
    return {kind for kind, _stage in stages(actor)}


# --- words, links, order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "words", "urgency"),
    [
        (-3, "3 days late", 0),
        (-1, "1 day late", 0),
        (0, "by today", 1),
        (1, "by tomorrow", 1),
        (2, "in 2 days", 1),
        (7, "in 7 days", 1),
        (8, "", 2),
        (None, "", 3),
    ],
)
def test_when_in_words(left: int | None, words: str, urgency: int) -> None:
    item = TodoItem("Do", "it", "/", "Group", days_left=left)
    assert (item.when, item.urgency) == (words, urgency)


def test_late_first_then_the_soonest_then_those_without_a_date() -> None:
    c = paths.cast()
    paths.draft(c.visitor, c.vop, c.vo)
    paths.confirmed(paths.another_visitor(c))
    late = paths.draft(c.visitor, c.vop, c.vo, kind="host")
    perform(late, "submit", by=c.vo)
    with clock.at(paths.NOW + timedelta(days=8)):
        perform(paths.draft(c.host, c.vop, c.ho, kind="host"), "submit", by=c.ho)
        found = [(item.name, item.days_left) for item in items_for(c.vop_coordinator)]
    assert found == [("accept_profile", -1), ("accept_profile", 7), ("build_exchange", None)]


def test_each_item_leads_to_the_very_field() -> None:
    c = paths.cast()
    paths.draft(c.visitor, c.vop, c.vo, motivation="")
    exchange = paths.in_preparation(paths.another_visitor(c))
    (profile,) = [item.url for item in items_for(c.vo)]
    assert profile.endswith("/edit/texts/#id_motivation")
    urls = {item.name: item.url for item in items_for(c.vop_coordinator)}
    assert urls["agree_figures"] == f"/exchanges/{exchange.pk}/agreed/#id_sector"
    assert urls["shared_part"] == f"/visits/{exchange.visit_id}/shared-part/#id_goals"


# What each kind of reader costs: the person and their bodies, then each kind of thing with what belongs to it.
QUERIES = {"vo": 21, "ho": 32, "vop": 32, "hop": 32, "so": 33, "observer": 26}


def _page_queries(actor: Actor) -> int:
    return count_queries(client_for(actor), "/todo/")


def test_the_page_asks_as_often_for_many_things_as_for_one() -> None:
    c = paths.cast()
    actors = (c.vo, c.ho, c.vop_coordinator, c.hop_coordinator, c.so)
    named = dict(zip(QUERIES, (*actors, people.observer()), strict=True))
    _a_world(c)
    assert {name: _page_queries(actor) for name, actor in named.items()} == QUERIES
    _a_world(c, more=3)
    assert {name: _page_queries(actor) for name, actor in named.items()} == QUERIES
    for actor in actors:
        assert _wrong_links(actor) == []


def _wrong_links(actor: Actor) -> list[tuple[str, str]]:
    """Items of each kind whose page, or the place on it, does not open for the person they are shown to."""
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    pages = {item.name: item.url for item in items_for(actor)}
    return [(name, problem) for name, url in pages.items() if (problem := problem_with(client, url))]


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
