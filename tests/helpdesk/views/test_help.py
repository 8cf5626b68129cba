"""Asking from any page."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cxc.comms.models import Mail
from cxc.web.form_drafts import store
from cxc.web.models import FormDraft
from helpdesk.models import HelpRequest
from helpdesk.services import questions
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

VISITOR = {"name": "Ana", "email": "ana@test.example", "subject": "Hello", "text": "May we?", "website": ""}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def test_the_page_of_a_record_carries_it_to_help() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    client = client_for(parties.vo)
    page = client.get(profile.get_absolute_url()).content.decode()
    link = f"/help/?about=profile-{profile.pk}&amp;from=%2Fprofiles%2F{profile.pk}%2F"
    assert link in page
    shown = client.get(link.replace("&amp;", "&")).content.decode()
    assert f'href="/profiles/{profile.pk}/"' in shown
    assert "Where is my draft?" in shown


def test_a_question_with_record_and_file_is_sent_and_shown() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    client = client_for(parties.vo)
    sent = client.post(
        "/help/",
        {
            "subject": "When?",
            "text": "By when?",
            "about": f"profile-{profile.pk}",
            "came_from": f"/profiles/{profile.pk}/?secret=1",
            "file": SimpleUploadedFile("a.pdf", PDF),
        },
    )
    made = HelpRequest.objects.get()
    assert sent["Location"] == f"/help/questions/{made.pk}/"
    assert (made.about_id, made.from_path, made.partnership) == (profile.pk, f"/profiles/{profile.pk}/", parties.vop)
    message = made.messages.get()
    assert message.file is not None
    for actor, status in (
        (parties.vo, 200),
        (parties.vop_coordinator, 200),
        (parties.so, 200),
        (parties.ho, 404),
        (people.observer(), 403),
    ):
        answer: Any = client_for(actor).get(f"/help/questions/{made.pk}/files/{message.pk}/")
        assert answer.status_code == status
        assert (answer.getvalue() == PDF) == (status == 200)


def test_somebody_else_s_record_is_not_attached() -> None:
    parties, other = usual_parties(), usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    client = client_for(other.vo)
    given = {"subject": "What?", "text": "Is this?", "about": f"profile-{profile.pk}"}
    assert str(profile) not in client.get(f"/help/?about=profile-{profile.pk}").content.decode()
    client.post("/help/", given)
    assert HelpRequest.objects.get().about_id is None


@pytest.mark.parametrize(
    "about", ["profile-0", "profile-99999999999999999999", "user-1", "nonsense", "mail-1", "-1", ""]
)
def test_what_is_no_record_is_ignored(about: str) -> None:
    assert client_for(people.stranger()).get("/help/", {"about": about}).status_code == 200


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/ok/?a=b"])
def test_only_a_path_of_the_portal_is_kept(path: str) -> None:
    client_for(people.stranger()).post("/help/", {"subject": "A", "text": "B", "came_from": path})
    assert HelpRequest.objects.get().from_path in {"", "/ok/"}


def test_a_file_of_another_type_is_refused_with_a_sentence_and_nothing_is_sent() -> None:
    client = client_for(people.stranger())
    given = {"subject": "A", "text": "B", "file": SimpleUploadedFile("a.exe", b"MZ" + bytes(100))}
    answer = client.post("/help/", given)
    assert (answer.status_code, HelpRequest.objects.count()) == (400, 0)
    assert "neither a PDF nor" in answer.content.decode()


def test_a_visitor_asks_confirms_reads_writes_and_closes(client: Client) -> None:
    so = people.support_office()
    assert "Check your mail" in client.post("/help/", VISITOR).content.decode()
    made = HelpRequest.objects.get()
    page = made.visitor_path
    assert "Yes, send my question" in client.get(page).content.decode()
    assert HelpRequest.objects.get().state == "unconfirmed"
    client.post(page, {"confirm": "1"})
    assert HelpRequest.objects.get().state == "open"
    client_for(so).post(made.get_absolute_url(), {"text": "Yes, you may."})
    shown = client.get(page).content.decode()
    assert "Yes, you may." in shown
    assert "Support Office" in shown
    mail = Mail.objects.filter(to_address="ana@test.example").latest("pk")
    assert page in mail.text
    assert client.post(page, {"text": ""}).status_code == 400
    client.post(page, {"text": "Thank you."})
    assert HelpRequest.objects.get().state == "open"
    client.post(page, {"close": "1"})
    assert HelpRequest.objects.get().state == "closed"


def test_the_secret_page_is_not_for_search_engines_nor_for_guessing(client: Client) -> None:
    client.post("/help/", VISITOR)
    answer = client.get(HelpRequest.objects.get().visitor_path)
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/help/mine/x/").status_code == 404


def test_the_secret_of_somebody_who_signs_in_opens_nothing(client: Client) -> None:
    client_for(people.stranger()).post("/help/", {"subject": "A", "text": "B"})
    assert client.get(HelpRequest.objects.get().visitor_path).status_code == 404


def test_who_falls_into_the_trap_is_thanked_and_nothing_is_kept(client: Client) -> None:
    answer = client.post("/help/", VISITOR | {"website": "https://spam.example"})
    assert (answer.status_code, HelpRequest.objects.count(), Mail.objects.count()) == (200, 0, 0)


def test_an_address_gets_three_mails_an_hour_and_a_network_ten_questions(client: Client) -> None:
    codes = [client.post("/help/", VISITOR).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    for number in range(6):
        assert client.post("/help/", VISITOR | {"email": f"a{number}@test.example"}).status_code == 200
    assert client.post("/help/", VISITOR | {"email": "b@test.example"}).status_code == 429
    assert HelpRequest.objects.count() == 9


def test_nobody_is_told_whether_an_address_has_an_account(client: Client) -> None:
    known = people.person("Known")
    one = page_after_asking(client, known.email)
    assert one == page_after_asking(client, "un@test.example")


def page_after_asking(client: Client, email: str) -> str:
    """The answer to a visitor's question, without the address and the page's own token."""
    page = client.post("/help/", VISITOR | {"email": email}).content.decode().replace(email, "X")
    return re.sub(r'X-CSRFToken": "\w+"|value="\w{64}"', "", page)


def test_a_question_that_was_not_sent_comes_back() -> None:
    parties = usual_parties()
    address = "/help/?from=%2Fmatches%2F"
    store.save(by=parties.vo, address=address, fields=[("subject", "Places"), ("text", "How many may come?")])
    client = client_for(parties.vo)
    page = client.get(address).content.decode()
    assert ("We kept what you typed at" in page, "How many may come?" in page) == (True, True)
    assert f'data-draft-address="{address}"' in page
    sent = {"subject": "Places", "text": "How many may come?", "form_draft": f"{address} abc"}
    assert client.post(address, sent).status_code == 302
    assert (FormDraft.objects.count(), HelpRequest.objects.get().from_path) == (0, "")


def test_an_answer_that_was_not_sent_comes_back() -> None:
    parties = usual_parties()
    asked = questions.ask_question(by=parties.vo, subject="Places", text="How many may come?")
    address = asked.get_absolute_url()
    store.save(by=parties.vo, address=address, fields=[("text", "I mean in spring")])
    page = client_for(parties.vo).get(address).content.decode()
    assert ("We kept what you typed at" in page, "I mean in spring" in page) == (True, True)


def test_somebody_not_signed_in_is_kept_nothing_of(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert ("data-draft" in page, 'name="form_draft"' in page) == (False, False)
