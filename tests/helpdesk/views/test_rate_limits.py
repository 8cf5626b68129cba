"""Nobody floods those who answer."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from cxc.comms.models import Mail
from cxc.settings.limits import Rate
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.questions import ask_question_as_visitor, confirm_question
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TOO_MANY = "Too many messages came from here."


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RATE_LIMITS, "message", Rate(2, 3600))


def test_the_limit_leaves_room_for_a_conversation() -> None:
    assert settings.RATE_LIMITS["message"] == Rate(30, 3600)


@pytest.mark.usefixtures("_few")
def test_a_person_s_questions_and_messages_are_counted_together_and_what_is_typed_stays() -> None:
    client = client_for(people.stranger())
    client.post("/help/", {"subject": "One", "text": "First"})
    page = HelpRequest.objects.get().get_absolute_url()
    client.post(page, {"text": "Second"})
    for address, given in ((page, {"text": "Third"}), ("/help/", {"subject": "Two", "text": "Third"})):
        answer = client.post(address, given)
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert TOO_MANY in shown
        assert "Third</textarea>" in shown
    assert list(HelpMessage.objects.values_list("text", flat=True)) == ["First", "Second"]


@pytest.mark.usefixtures("_few")
def test_who_answers_is_not_counted() -> None:
    parties = usual_parties()
    page = states.open_question(parties).get_absolute_url()
    client = client_for(parties.vop_coordinator)
    assert [client.post(page, {"text": "By May."}).status_code for _ in range(3)] == [302, 302, 302]


@pytest.mark.usefixtures("_few")
def test_a_visitor_s_messages_are_counted_by_the_question(client: Client) -> None:
    people.support_office()
    asked = confirm_question(
        ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Hello", text="May we?")
    )
    codes = [client.post(asked.visitor_path, {"text": "And?"}).status_code for _ in range(3)]
    assert codes == [302, 302, 400]
    assert TOO_MANY in client.post(asked.visitor_path, {"text": "And?"}).content.decode()
    assert asked.messages.count() == 3
    assert Mail.objects.filter(about_id=asked.pk, subject__startswith="Question").count() == 3
