"""Those who run the portal are told of errors by mail, seldom, without anything of people."""

import logging
import threading
from unittest import mock

import pytest
from django.conf import LazySettings
from django.core import mail

from cxc.core import error_mails, request_number
from cxc.core.error_mails import HOUR, ErrorMailHandler, _Limit


@pytest.fixture
def logger(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    settings.ERROR_MAIL_ADDRESSES = ["ops@test.example"]
    monkeypatch.setattr(error_mails, "in_background", lambda act: act())
    made = logging.Logger("exchanges.services")
    made.addHandler(ErrorMailHandler())
    return made


def fail(logger: logging.Logger) -> None:
    try:
        raise ValueError("Ana <ana@test.example>")
    except ValueError:
        logger.exception("A task failed")


def test_a_mail_names_the_request_and_what_failed_and_nobody(logger: logging.Logger) -> None:
    with request_number.of("0123456789abcdef"):
        fail(logger)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["ops@test.example"], "[ClusterXchange] ValueError: A task failed")
    assert "Request: 0123456789abcdef\n" in sent.body
    assert "ValueError: Ana <…>" in sent.body
    assert "ana@test" not in sent.body


def test_the_same_place_is_told_once_an_hour_and_warnings_never(logger: logging.Logger) -> None:
    for _ in range(3):
        fail(logger)
    logger.warning("Slow")
    logger.error("Another place")
    assert [each.subject for each in mail.outbox] == [
        "[ClusterXchange] ValueError: A task failed",
        "[ClusterXchange] Another place",
    ]
    assert "no mail tells of: 2\n" in mail.outbox[1].body


def test_ten_an_hour_at_most() -> None:
    limit = _Limit()
    taken = [limit.take(("", "file.py", number), number) for number in range(12)]
    assert taken == [0] * 10 + [None] * 2
    assert limit.take(("", "file.py", 50), HOUR + 0.5) == 2
    assert limit.take(("", "file.py", 51), HOUR + 0.6) is None
    assert limit.take(("", "file.py", 1), HOUR + 1.5) == 1


def test_nobody_is_told_without_addresses_or_of_foreign_hosts(logger: logging.Logger, settings: LazySettings) -> None:
    for logger.name in ("django.security.DisallowedHost", "django.security.SuspiciousFileOperation"):
        logger.error("Invalid HTTP_HOST header")
    logger.name = "exchanges"
    settings.ERROR_MAIL_ADDRESSES = []
    fail(logger)
    assert mail.outbox == []


def test_what_one_line_of_the_source_says_of_two_things_is_told_twice(logger: logging.Logger) -> None:
    for queue in ("mail", "celery", "mail"):
        logger.error("No worker for %s", queue)
    assert [each.subject for each in mail.outbox] == [
        "[ClusterXchange] No worker for mail",
        "[ClusterXchange] No worker for celery",
    ]


def test_whoever_logs_goes_on_where_the_mail_cannot_be_made(
    logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logger.error("%d mails", "no number")
    assert mail.outbox == []
    assert "--- Logging error ---" in capsys.readouterr().err


def test_a_mail_server_that_is_away_fails_nothing(
    settings: LazySettings, logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mock.patch("smtplib.SMTP", side_effect=ConnectionRefusedError) as server:
        fail(logger)
    server.assert_called_once()
    assert "Logging error" not in capsys.readouterr().err


def test_nobody_waits_for_the_mail_server() -> None:
    done: list[str] = []
    may_end = threading.Event()

    def send_slowly() -> None:
        may_end.wait(10)
        done.append("sent")

    error_mails.in_background(send_slowly)
    assert done == []
    may_end.set()
    for thread in threading.enumerate():
        if thread.name == "error-mail":
            thread.join()
    assert done == ["sent"]
