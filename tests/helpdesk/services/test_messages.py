"""Messages: an answer, more from who asked; states follow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.todo import items_for
from cxc.workflow import NotAllowed, RequirementsUnmet, perform
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.messages import (
    close_question_as_visitor,
    may_write_message,
    write_message,
    write_message_as_visitor,
)
from helpdesk.services.questions import ask_question
from profiles.queries.principals import actor_of
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.factories.roles import roles
from tests.scenarios import states
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def names(actor: Actor) -> list[str]:
    return [item.name for item in items_for(actor) if item.group == "Questions"]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def test_an_answer_reaches_who_asked_and_their_answer_opens_it_again(parties: Parties) -> None:
    request = states.open_question(parties)
    answer = write_message(request, by=parties.vop_coordinator, text="By May.")
    assert (request.state, answer.is_answer, answer.written_for) == ("answered", True, parties.vop.acronym)
    mail = Mail.objects.get(to_user=parties.vo.user, subject__startswith="Answer to your question")
    assert "By May." in mail.text
    again = write_message(request, by=parties.vo, text="May of which year?")
    assert (request.state, again.is_answer, again.written_for) == ("open", False, "")
    perform(request, "close", by=parties.vo)
    write_message(request, by=parties.vo, text="One more thing.")
    assert (request.state, request.closed_at) == ("open", None)


def test_a_question_waits_since_it_was_asked_until_it_is_answered(parties: Parties) -> None:
    request = states.open_question(parties)
    with clock.at(NOW + timedelta(days=1)):
        write_message(request, by=parties.vo, text="And where?")
        assert request.waiting_since == NOW
    with clock.at(NOW + timedelta(days=2)):
        write_message(request, by=parties.vop_coordinator, text="Here.")
    with clock.at(NOW + timedelta(days=3)):
        write_message(request, by=parties.vo, text="And now?")
        assert request.waiting_since == NOW + timedelta(days=3)


def test_readers_strangers_and_observers_do_not_answer(parties: Parties) -> None:
    request = states.open_question(parties)
    able = {name for name, actor in roles(parties).items() if may_write_message(request, actor)}
    assert able == {"vop", "so"}
    for actor in (
        people.observer(),
        people.stranger(),
        people.coordinator(parties.vop, "reader"),
        parties.hop_coordinator,
    ):
        with pytest.raises(NotAllowed):
            write_message(request, by=actor, text="No.")
    assert HelpMessage.objects.filter(request=request).count() == 1


def test_rule_and_list_agree(parties: Parties) -> None:
    request = states.open_question(parties)
    for name, actor in {**roles(parties), "who asked": parties.vo}.items():
        listed = HelpRequest.objects.visible_to(actor).filter(pk=request.pk).exists()
        assert listed == (name in {"who asked", "vop", "vop_reader", "vop_signatory", "so", "portal"}), name


def test_a_question_stays_the_person_s_whatever_they_act_for(parties: Parties) -> None:
    request = states.open_question(parties)
    people.add_member(parties.host, parties.vo)
    other = actor_of(people.user_of(parties.vo), f"organisation-{parties.host.pk}")
    assert other.principal_id == parties.host.pk
    assert write_message(request, by=other, text="Me again.").is_answer is False


def test_a_reader_of_an_organisation_asks_and_writes_again(parties: Parties) -> None:
    reader = people.member(parties.visitor, "reader")
    request = ask_question(by=reader, subject="May I?", text="?")
    write_message(request, by=people.support_office(), text="Yes.")
    write_message(request, by=reader, text="Thanks.")
    perform(request, "close", by=reader)
    assert request.state == "closed"


def test_it_waits_on_the_to_do_page_of_those_who_answer_then_of_who_asked(parties: Parties) -> None:
    request = states.open_question(parties)
    assert (names(parties.vop_coordinator), names(parties.so), names(parties.vo)) == (["answer_question"], [], [])
    with clock.at(NOW + timedelta(days=7)):
        assert names(parties.so) == ["question_stuck"]
    write_message(request, by=parties.vop_coordinator, text="By May.")
    assert (names(parties.vop_coordinator), names(parties.so), names(parties.vo)) == ([], [], ["read_answer"])
    HelpRequest.objects.filter(pk=request.pk).update(read_at=NOW + timedelta(minutes=1))
    assert names(parties.vo) == []


def test_what_is_passed_on_waits_for_the_support_office_and_stays_in_sight(parties: Parties) -> None:
    request = states.open_question(parties)
    perform(request, "pass_on", by=parties.vop_coordinator, reason="A matter of the rules.")
    assert (names(parties.vop_coordinator), names(parties.so)) == ([], ["answer_question_so"])
    assert list(HelpRequest.objects.visible_to(parties.vop_coordinator)) == [request]
    with pytest.raises(RequirementsUnmet):
        perform(request, "pass_on", by=parties.vop_coordinator, reason="Again.")


def test_a_visitor_writes_and_closes_but_never_for_somebody_who_signs_in(parties: Parties) -> None:
    theirs = states.open_question(parties)
    with pytest.raises(NotAllowed):
        write_message_as_visitor(theirs, text="I am not them.")
    with pytest.raises(NotAllowed):
        close_question_as_visitor(theirs)
    assert (theirs.state, theirs.messages.count()) == ("open", 1)


def test_the_to_do_page_asks_as_much_for_one_question_as_for_many(parties: Parties) -> None:
    ask_question(by=parties.vo, subject="When?", text="By when?")
    items_for(parties.so)  # what is read once a process is known from here on
    counts = []
    for _ in range(2):
        ask_question(by=parties.vo, subject="When?", text="By when?")
        with CaptureQueriesContext(connection) as asked:
            items_for(parties.so)
        counts.append(len(asked))
        ask_question(by=parties.vo, subject="When?", text="By when?")
    assert counts[0] == counts[1]
