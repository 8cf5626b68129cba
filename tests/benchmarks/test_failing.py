"""What the benchmark of faults counts its mails with."""

import smtplib
import time
from email.message import EmailMessage

import pytest

from benchmarks.failing.mail_sink import MailSink


def send(sink: MailSink, number: str) -> None:
    message = EmailMessage()
    message["Message-ID"] = number
    message.set_content("A line\n.\nand a dot.")
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=0.5) as server:
        server.send_message(message, "a@test.example", ["b@test.example"])


def test_mails_are_counted_and_nobody_is_answered_while_it_hangs() -> None:
    with MailSink() as sink:
        send(sink, "<1@test>")
        send(sink, "<1@test>")
        sink.hangs.set()
        with pytest.raises((TimeoutError, smtplib.SMTPException)):
            send(sink, "<2@test>")
        sink.hangs.clear()
        time.sleep(0.3)
        send(sink, "<3@test>")
        assert dict(sink.received) == {"<1@test>": 2, "<3@test>": 1}
