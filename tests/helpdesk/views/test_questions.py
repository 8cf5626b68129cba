"""A question's page, the list, the admin."""

import pytest
from django.test import Client

from cxc.workflow.models import StateEvent
from helpdesk.models import HelpRequest
from helpdesk.services.questions import ask_question_as_visitor, confirm_question
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.factories.roles import roles
from tests.scenarios import states
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def test_who_sees_a_question(parties: Parties) -> None:
    request = states.open_question(parties)
    seen = {
        name: client_for(actor).get(request.get_absolute_url()).status_code
        for name, actor in {**roles(parties), "who asked": parties.vo}.items()
        if name != "portal"
    }
    able = {name for name, status in seen.items() if status == 200}
    assert able == {"who asked", "vop", "vop_reader", "vop_signatory", "so"}
    # The agency follows the scheme's records; a question is none of them.
    assert {name for name, status in seen.items() if status == 403} == {"observer"}
    assert {status for name, status in seen.items() if name not in able} == {302, 403, 404}


def test_an_answer_is_sent_and_a_reader_has_no_form(parties: Parties) -> None:
    request = states.open_question(parties)
    page = request.get_absolute_url()
    assert "Send the answer" not in client_for(people.coordinator(parties.vop, "reader")).get(page).content.decode()
    client = client_for(parties.vop_coordinator)
    assert "Send the answer" in client.get(page).content.decode()
    assert client.post(page, {"text": " "}).status_code == 400
    assert client.post(page, {"text": "By May."}).status_code == 302
    assert HelpRequest.objects.get(pk=request.pk).state == "answered"


def test_what_is_not_confirmed_or_is_forgotten_can_not_be_answered(parties: Parties) -> None:
    waiting = ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Hello", text="May we?")
    client = client_for(parties.so)
    page = client.get(waiting.get_absolute_url()).content.decode()
    assert ("May we?" in page, "Send the answer" in page) == (True, False)
    confirm_question(waiting)
    assert "Send the answer" in client.get(waiting.get_absolute_url()).content.decode()
    HelpRequest.objects.update(texts_removed_at=NOW)
    assert "Send the answer" not in client.get(waiting.get_absolute_url()).content.decode()


def test_a_reader_who_sends_one_all_the_same_is_refused(parties: Parties) -> None:
    request = states.open_question(parties)
    reader = client_for(people.coordinator(parties.vop, "reader"))
    assert reader.post(request.get_absolute_url(), {"text": "No."}).status_code == 403
    assert request.messages.count() == 1


def test_reading_the_answer_takes_it_off_the_to_do_list(parties: Parties) -> None:
    request = states.answered_question(parties)
    client = client_for(parties.vo)
    assert "Read the answer" in client.get("/todo/").content.decode()
    client_for(parties.so).get(request.get_absolute_url())
    assert HelpRequest.objects.get(pk=request.pk).read_at is None
    client.get(request.get_absolute_url())
    assert "Read the answer" not in client.get("/todo/").content.decode()


def test_a_question_is_closed_by_its_button(parties: Parties) -> None:
    request = states.answered_question(parties)
    client = client_for(parties.vo)
    address = f"/transitions/helpdesk.helprequest/{request.pk}/close/"
    assert address in client.get(request.get_absolute_url()).content.decode()
    client.post(address)
    assert HelpRequest.objects.get(pk=request.pk).state == "closed"


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    parties: Parties, many: int, django_assert_num_queries: object
) -> None:
    for _ in range(many):
        client_for(parties.vo).post("/help/", {"subject": "When?", "text": "By when?"})
    client = client_for(parties.so)
    client.get("/help/questions/")
    with django_assert_num_queries(6):  # type: ignore[operator]
        page = client.get("/help/questions/").content.decode()
    assert page.count("When?") == many


def test_the_list_is_narrowed_by_state(parties: Parties) -> None:
    states.open_question(parties)
    client = client_for(parties.so)
    assert "When?" in client.get("/help/questions/?state=open").content.decode()
    assert "When?" not in client.get("/help/questions/?state=closed").content.decode()
    assert "When?" in client.get("/help/questions/?state=nonsense").content.decode()


def test_the_support_office_answers_in_its_admin_through_the_same_service(parties: Parties) -> None:
    request = states.open_question(parties)
    client = client_for(parties.so)
    chosen = {"action": "answer", "_selected_action": [request.pk]}
    asked = client.post("/support-office/helpdesk/helprequest/", chosen)
    assert (asked.status_code, "textarea" in asked.content.decode()) == (200, True)
    client.post("/support-office/helpdesk/helprequest/", chosen | {"confirmed": "yes", "reason": "By May."})
    answer = request.messages.latest("pk")
    assert (answer.text, answer.written_for, HelpRequest.objects.get(pk=request.pk).state) == (
        "By May.",
        "Support Office",
        "answered",
    )
    assert StateEvent.of(request).latest("pk").transition == "answer"
    assert client.get(f"/support-office/helpdesk/helprequest/{request.pk}/change/").status_code == 200


def test_the_support_office_finds_questions_by_what_they_are_about(parties: Parties) -> None:
    about = states.open_question(parties).about_kind
    HelpRequest.objects.create(subject="Whom?", visitor_name="Ada", visitor_email="ada@example.org")
    client, address = client_for(parties.so), "/support-office/helpdesk/helprequest/"
    page = client.get(address).content.decode()
    assert (f"?about={about}" in page, ">Profile<" in page, ">No record<" in page) == (True, True, True)
    for value, subjects in {about: (True, False), "nothing": (False, True), "none.such": (False, False)}.items():
        page = client.get(f"{address}?about={value}").content.decode()
        assert ("When?" in page, "Whom?" in page) == subjects


def test_nobody_signed_in_is_sent_to_sign_in(client: Client, parties: Parties) -> None:
    request = states.open_question(parties)
    for address in ("/help/questions/", request.get_absolute_url()):
        assert client.get(address)["Location"].startswith("/account/login/")
