"""What waits for whom: items come and go with the state of things."""

from datetime import date, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.delivery import MOST_ATTEMPTS
from cxc.comms.models import Mail
from cxc.todo import TodoRow, items_for
from cxc.workflow import perform
from helpdesk.services.messages import write_message
from helpdesk.services.questions import ask_question
from profiles.services import invitations
from tests.factories import people
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names(actor: Actor) -> list[str]:
    return [item.name for item in items_for(actor)]


def test_a_draft_waits_for_its_holder_until_submitted_and_then_for_its_partnership() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert (names(parties.vo), names(parties.vop_coordinator)) == (["finish_draft"], [])
    perform(profile, "submit", by=parties.vo)
    assert (names(parties.vo), names(parties.vop_coordinator)) == ([], ["accept_profile"])
    (item,) = items_for(parties.vop_coordinator)
    assert (item.due, item.is_late) == (date(2026, 9, 14), False)
    perform(profile, "publish", by=parties.vop_coordinator)
    assert (names(parties.vo), names(parties.vop_coordinator)) == ([], [])


def test_what_is_late_says_so_and_comes_first_and_reaches_the_support_office() -> None:
    parties = usual_parties()
    late = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    perform(late, "submit", by=parties.vo)
    with clock.at(lifecycle.NOW + timedelta(days=8)):
        fresh = lifecycle.draft(parties.visitor, parties.vop, parties.vo, kind="host")
        perform(fresh, "submit", by=parties.vo)
        items = items_for(parties.vop_coordinator)
        assert [(item.thing, item.is_late) for item in items] == [(str(late), True), (str(fresh), False)]
        assert names(parties.so) == ["profile_stuck"]


def test_nobody_is_asked_to_accept_a_profile_of_their_own_organisation() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    perform(profile, "submit", by=parties.vo)
    own = Actor(
        parties.vop_coordinator.user,
        parties.vop_coordinator.principal,
        parties.vop.pk,
        parties.vop_coordinator.rank,
        organisations=frozenset({parties.visitor.pk}),
    )
    assert (names(own), names(parties.vop_coordinator)) == ([], ["accept_profile"])


def test_a_proposal_waits_for_the_side_that_has_not_answered() -> None:
    parties = usual_parties()
    match = lifecycle.proposed(parties)
    assert (names(parties.vo), names(parties.ho)) == ([], ["answer_as_host"])
    assert items_for(parties.ho)[0].due == date(2026, 9, 28)
    perform(match, "host_yes", by=parties.ho)
    assert (names(parties.ho), names(parties.vop_coordinator), names(parties.hop_coordinator)) == (
        [],
        ["build_exchange"],
        ["build_exchange"],
    )


def test_an_exchange_in_preparation_asks_each_side_for_its_part() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    assert sorted(names(parties.vo)) == ["iban", "own_part"]
    assert names(parties.ho) == ["shared_part"]
    assert sorted(names(parties.vop_coordinator)) == ["agree_figures", "shared_part"]
    assert (names(parties.hop_coordinator), names(parties.so)) == ([], [])
    own = next(item for item in items_for(parties.vo) if item.name == "own_part")
    assert (own.due, own.is_late) == (date(2026, 9, 14), False)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    assert (names(parties.vo), names(parties.ho)) == ([], [])


def test_readers_observers_and_strangers_have_nothing_to_do() -> None:
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    for actor in (
        people.member(parties.visitor, "reader"),
        people.coordinator(parties.vop, "reader"),
        people.observer(),
    ):
        assert names(actor) == []
    assert names(people.stranger()) == []


def test_mails_that_were_given_up_wait_for_the_support_office() -> None:
    parties = usual_parties()
    Mail.objects.create(to_address="a@test.example", subject="S", text="T", status="failed", attempts=1)
    assert names(parties.so) == []
    Mail.objects.update(attempts=MOST_ATTEMPTS)
    assert (names(parties.so), names(parties.vop_coordinator)) == (["failed_mails"], [])


def test_an_organisation_without_a_profile_is_asked_for_one() -> None:
    parties = usual_parties()
    assert names(parties.vo) == ["first_profile"]
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    assert names(parties.vo) == ["finish_draft"]


def test_an_invitation_waits_for_the_person_until_accepted() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    guest = people.stranger()
    made = invitations.invite(parties.visitor, by=parties.vo, email=guest.user.email, role="editor")
    assert names(guest) == ["invitation"]
    invitations.accept(made, by=guest)
    assert names(guest) == []


def test_the_answer_to_a_question_waits_for_whoever_asked_at_any_rank() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    for asker in (people.member(parties.visitor, "reader"), people.observer(), people.stranger()):
        asked = ask_question(by=asker, subject="When?", text="By when?")
        assert names(asker) == []
        write_message(asked, by=parties.so, text="By May.")
        assert names(asker) == ["read_answer"]


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
    item = TodoRow("Do", "it", "/", "Group", days_left=left)
    assert (item.when, item.urgency) == (words, urgency)


def test_late_first_then_the_soonest_then_those_without_a_date() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    lifecycle.confirmed(with_another_visitor(parties))
    late = lifecycle.draft(parties.visitor, parties.vop, parties.vo, kind="host")
    perform(late, "submit", by=parties.vo)
    with clock.at(lifecycle.NOW + timedelta(days=8)):
        perform(lifecycle.draft(parties.host, parties.vop, parties.ho, kind="host"), "submit", by=parties.ho)
        found = [(item.name, item.days_left) for item in items_for(parties.vop_coordinator)]
    assert found == [("accept_profile", -1), ("accept_profile", 7), ("build_exchange", None)]


def test_each_item_leads_to_the_very_field() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo, motivation="")
    exchange = lifecycle.in_preparation(with_another_visitor(parties))
    (profile,) = [item.url for item in items_for(parties.vo)]
    assert profile.endswith("/edit/texts/#id_motivation")
    urls = {item.name: item.url for item in items_for(parties.vop_coordinator)}
    assert urls["agree_figures"] == f"/exchanges/{exchange.pk}/agreed/#id_sector"
    assert urls["shared_part"] == f"/visits/{exchange.visit_id}/shared-part/#id_goals"
