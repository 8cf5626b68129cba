"""Texts that go: with a person, and of visitors long gone; and what closes or is dropped by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cxc import clock
from cxc.comms.models import Mail
from cxc.core.models import StoredFile
from cxc.workflow import perform
from cxc.workflow.models import StateEvent
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.messages import close_question_as_visitor, write_message, write_message_as_visitor
from helpdesk.services.questions import ask_question, ask_question_as_visitor, confirm_question
from helpdesk.tasks import apply_help_retention
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.scenarios import states
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_who_is_forgotten_leaves_no_text_and_no_file_and_the_transitions_stay() -> None:
    parties = usual_parties()
    asker = people.member(parties.visitor)
    request = ask_question(
        by=asker, subject="My visa", text="I, Maria, was born …", file=SimpleUploadedFile("visa.pdf", PDF)
    )
    write_message(request, by=parties.so, text="Dear Maria, no visa is needed.")
    anonymise(people.user_of(asker), by=parties.so)
    request.refresh_from_db()
    told = [request.subject, *request.messages.values_list("text", flat=True)]
    assert set(told) == {"Removed for the protection of personal data."}
    assert (request.about_label, request.messages.exclude(file=None).count(), StoredFile.objects.count()) == ("", 0, 0)
    assert [(mail.text, mail.html) for mail in Mail.objects.filter(about_kind="helpdesk.helprequest")] == []
    assert StateEvent.of(request).count() == 2


def test_a_file_goes_once_all_the_rest_is_kept(django_capture_on_commit_callbacks: Any) -> None:
    parties = usual_parties()
    asker = people.member(parties.visitor)
    ask_question(by=asker, subject="My visa", text="I, Maria …", file=SimpleUploadedFile("visa.pdf", PDF))
    stored = StoredFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(people.user_of(asker), by=parties.so)
        assert stored.file.storage.exists(stored.file.name)
    assert not stored.file.storage.exists(stored.file.name)


def test_sent_mails_are_emptied() -> None:
    parties = usual_parties()
    request = ask_question(by=parties.vo, subject="My visa", text="I, Maria …")
    Mail.objects.filter(about_kind="helpdesk.helprequest").update(status="sent")
    anonymise(people.user_of(parties.vo), by=parties.so)
    (mail,) = Mail.objects.filter(about_kind="helpdesk.helprequest", about_id=request.pk)
    assert (mail.subject, mail.text, mail.html) == ("–", "", "")


def test_what_somebody_answered_stays_as_the_answer_of_the_body() -> None:
    parties = usual_parties()
    request = states.answered_question(parties)
    anonymise(people.user_of(parties.vop_coordinator), by=parties.so)
    answer = HelpMessage.objects.get(request=request, author_role="desk")
    assert (answer.text, answer.written_for, str(answer.author)) == ("By May.", parties.vop.acronym, "Former user")


def test_an_answer_closes_the_question_after_thirty_quiet_days() -> None:
    request = states.answered_question(usual_parties())
    with clock.at(NOW + timedelta(days=29)):
        apply_help_retention()
        assert HelpRequest.objects.get(pk=request.pk).state == "answered"
    with clock.at(NOW + timedelta(days=30)):
        assert (apply_help_retention(), apply_help_retention()) == (1, 0)
    assert HelpRequest.objects.get(pk=request.pk).state == "closed"


def test_what_nobody_confirmed_is_dropped_with_its_mail() -> None:
    ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Hello", text="?")
    with clock.at(NOW + timedelta(days=6)):
        assert apply_help_retention() == 0
    with clock.at(NOW + timedelta(days=7)):
        assert apply_help_retention() == 1
    assert (HelpRequest.objects.count(), HelpMessage.objects.count()) == (0, 0)
    assert not Mail.objects.filter(to_address="ana@test.example").exists()


def test_a_visitor_is_forgotten_a_year_after_the_question_was_closed() -> None:
    request = confirm_question(
        ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Hello", text="I am Ana")
    )
    write_message_as_visitor(request, text="Still Ana.")
    close_question_as_visitor(request)
    with clock.at(NOW + timedelta(days=364)):
        assert apply_help_retention() == 0
    with clock.at(NOW + timedelta(days=365)):
        assert (apply_help_retention(), apply_help_retention()) == (1, 0)
    gone = HelpRequest.objects.get(pk=request.pk)
    assert (gone.visitor_name, gone.visitor_email, gone.state) == ("", "", "closed")
    assert not Mail.objects.filter(to_address="ana@test.example").exists()


def test_a_question_of_somebody_who_signs_in_is_kept() -> None:
    parties = usual_parties()
    request = perform(states.open_question(parties), "close", by=parties.vo)
    with clock.at(NOW + timedelta(days=800)):
        assert apply_help_retention() == 0
    assert HelpRequest.objects.get(pk=request.pk).subject == "When?"
