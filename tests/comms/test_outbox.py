"""The outbox: rows first, sent once, after the commit."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.db import transaction

from cxc import clock
from cxc.comms import delivery, mail_server, tasks
from cxc.comms.models import Mail
from cxc.comms.outbox import queue_mail, stored_not_delivered
from cxc.workflow import Mode, Timing
from profiles.queries.recipients import coordinators, members, support_office
from tests.factories import people
from tests.scenarios.lifecycle import NOW

pytestmark = pytest.mark.django_db
Status = Mail.Status


@pytest.fixture(autouse=True)
def words(tmp_path: Path, settings: Any) -> None:
    """A mail's templates, for these tests alone."""
    (tmp_path / "news.subject.txt").write_text("News of\n {{ what }}")
    (tmp_path / "news.txt").write_text("{{ what }} is < ready.\n\nHave a look.\n")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    settings.SITE_ADDRESS = "https://portal.example"


@pytest.fixture
def morning() -> Iterator[None]:
    with clock.at(NOW):
        yield


def _queue(*to: Any, **options: Any) -> list[Mail]:
    return queue_mail(template="news", to=to or ["a@test.example"], context={"what": "A & B"}, **options)


def test_a_mail_is_a_row_with_subject_text_and_html() -> None:
    person = people.person("Ann Other")
    (row,) = _queue(person, about=people.organisation(), link="https://portal.example/there")
    row.refresh_from_db()
    assert (row.status, row.subject, row.to_address, row.to_user) == ("draft", "News of A & B", person.email, person)
    assert row.text.startswith("Dear Ann Other,\n\nA & B is < ready.\n\nHave a look.\n\nhttps://portal.example/there")
    assert "<p>A &amp; B is &lt; ready.</p>" in row.html
    assert 'href="https://portal.example/there"' in row.html
    assert row.about_kind == "profiles.organisation"


def test_sending_happens_after_the_commit(django_capture_on_commit_callbacks: Any, monkeypatch: Any) -> None:
    handed: list[list[int]] = []
    monkeypatch.setattr(tasks.deliver_mails, "apply_async", lambda arguments, **_options: handed.append(arguments[0]))
    with django_capture_on_commit_callbacks(execute=True):
        rows = _queue("a@test.example", "b@test.example")
        assert handed == []
    assert handed == [[row.pk for row in rows]]


def test_nothing_remains_of_what_was_rolled_back() -> None:
    def queue_and_fail() -> None:
        _queue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(queue_and_fail)()
    assert Mail.objects.count() == 0


def test_a_key_makes_it_once_to_each() -> None:
    first = _queue("a@test.example", key="match-1:nudge:3")
    again = _queue("a@test.example", "b@test.example", key="match-1:nudge:3")
    assert [row.to_address for row in [*first, *again]] == ["a@test.example", "b@test.example"]


def test_one_address_one_mail_and_closed_accounts_none() -> None:
    closed = people.person("Gone", is_active=False)
    person = people.person("Here")
    assert [row.to_user for row in _queue(person, person, person.email.upper(), closed)] == [person]


def test_nothing_for_what_is_recorded_afterwards() -> None:
    assert _queue(timing=Timing(Mode.RECORDED, NOW, "list of 2021")) == []
    assert Mail.objects.count() == 0


@pytest.mark.usefixtures("morning")
def test_while_loading_mails_are_stored_as_sent_and_go_to_nobody() -> None:
    with stored_not_delivered():
        (row,) = _queue()
    assert (row.status, row.sent_at) == (Status.SENT, NOW)
    assert delivery.deliver_due() == 0
    assert django_mail.outbox == []


def test_delivery_sends_once_however_often_it_is_asked() -> None:
    (row,) = _queue()
    assert [tasks.deliver_mails([row.pk]), tasks.deliver_mails([row.pk]), tasks.send_outbox()] == [1, 0, 0]
    (sent,) = django_mail.outbox
    assert (sent.subject, sent.to) == ("News of A & B", ["a@test.example"])
    row.refresh_from_db()
    assert (row.status, row.attempts) == (Status.SENT, 1)


def test_a_failure_is_kept_and_tried_again_later(monkeypatch: Any) -> None:
    (row,) = _queue()
    (other,) = _queue("b@test.example")

    def refuse(message: EmailMessage, _connection: Any) -> None:
        if message.to == [row.to_address]:
            raise smtplib.SMTPDataError(451, b"try later")

    with clock.at(NOW):
        monkeypatch.setattr(mail_server, "send", refuse)
        assert delivery.deliver_due() == 1
        other.refresh_from_db()
        row.refresh_from_db()
        assert (other.status, row.status) == (Status.SENT, Status.FAILED)
        assert row.error == "SMTPDataError: 451 try later"
        assert row.try_after == NOW + delivery.FIRST_WAIT
        assert delivery.deliver_due() == 0
    monkeypatch.undo()
    with clock.at(NOW + delivery.FIRST_WAIT):
        assert delivery.deliver_due() == 1
    row.refresh_from_db()
    assert (row.status, row.error, row.attempts) == (Status.SENT, "", 2)


@pytest.mark.usefixtures("morning")
def test_after_many_failures_a_person_decides(monkeypatch: Any) -> None:
    (row,) = _queue()
    Mail.objects.filter(pk=row.pk).update(status=Status.FAILED, attempts=delivery.MOST_ATTEMPTS)
    assert delivery.deliver_due() == 0
    assert delivery.retry_failed(Mail.objects.all()) == 1
    assert delivery.deliver_due() == 1


def test_what_a_dead_worker_left_is_shown_and_not_sent_twice() -> None:
    (row,) = _queue()
    with clock.at(NOW):
        assert delivery._claim(row.pk) is not None
        assert delivery.deliver_due() == 0
    with clock.at(NOW + delivery.LEASE):
        assert delivery.deliver_due() == 0
    row.refresh_from_db()
    assert (row.status, row.attempts) == (Status.FAILED, delivery.MOST_ATTEMPTS)
    assert django_mail.outbox == []


def test_a_clock_moved_back_does_not_hold_mails_up(monkeypatch: Any) -> None:
    (row,) = _queue()
    Mail.objects.filter(pk=row.pk).update(status=Status.FAILED, attempts=1, try_after=NOW + timedelta(days=90))
    with clock.at(NOW):
        assert delivery.deliver_due() == 1


def test_who_is_written_to() -> None:
    organisation, partnership = people.organisation(), people.partnership()
    owner, editor = people.member(organisation), people.member(organisation, "editor")
    people.member(organisation, "reader")
    coordinator = people.coordinator(partnership)
    people.coordinator(partnership, "reader")
    office = people.support_office()
    assert members(organisation.pk) == [owner.user, editor.user]
    assert coordinators(partnership.pk) == [coordinator.user]
    assert support_office() == [office.user]
