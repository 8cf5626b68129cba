"""Mail servers that refuse, hang or are away: a small one on this machine plays them all."""

import re
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.test import Client

from cxc import clock
from cxc.comms import delivery, mail_server
from cxc.comms.models import Mail
from launch.services import free_port
from tests.factories import people
from tests.factories.clients import client_for
from tests.scenarios.lifecycle import NOW

pytestmark = pytest.mark.django_db
Status = Mail.Status


class Server:
    """Speaks SMTP. A recipient `550@…` is refused with that code, `silent@…` gets no answer.

    `again@…` is refused for now, once, after its text has come. `is_silent`: takes connections and says nothing.
    """

    def __init__(self, *, is_silent: bool = False) -> None:
        self.is_silent = is_silent
        self.connections: list[socket.socket] = []
        self.texts: list[str] = []
        self._refused_once = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self.connections:
            connection.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _address = self._listener.accept()
                self.connections.append(connection)
                if not self.is_silent:
                    threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError), connection.makefile("rwb", buffering=0) as stream:
            stream.write(b"220 here\r\n")
            to = ""
            for line in iter(stream.readline, b""):
                if line.upper().startswith(b"RCPT"):
                    to = line.decode().partition("<")[2]
                answer = self._answer(line[:4].upper(), to, stream)
                if answer:
                    stream.write(f"{answer}\r\n".encode())

    def _answer(self, verb: bytes, to: str, stream: Any) -> str:
        if verb == b"RCPT":
            code = re.match(r"\d{3}", to)
            return f"{code.group()} not for us" if code else "" if to.startswith("silent") else "250 yes"
        if verb == b"DATA":
            stream.write(b"354 go on\r\n")
            self.texts.append(b"".join(iter(stream.readline, b".\r\n")).decode())
            if to.startswith("again") and not self._refused_once:
                self._refused_once = True
                return "451 later"
        return "250 yes"


@pytest.fixture
def mails_go_to(settings: Any) -> Iterator[Callable[[int], None]]:
    """The portal sends its mails to this port."""

    def go_to(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        settings.EMAIL_TIMEOUT = 0.3

    yield go_to
    mail_server.breaker.worked()


@pytest.fixture
def server(mails_go_to: Callable[[int], None]) -> Iterator[Server]:
    made = Server()
    mails_go_to(made.port)
    yield made
    made.close()


@pytest.fixture
def silent(mails_go_to: Callable[[int], None]) -> Iterator[Server]:
    made = Server(is_silent=True)
    mails_go_to(made.port)
    yield made
    made.close()


def _mails(*names: str) -> list[Mail]:
    return [Mail.objects.create(to_address=f"{name}@test.example", subject=name, text="Text") for name in names]


def _rows() -> list[tuple[str, int]]:
    return list(Mail.objects.order_by("pk").values_list("status", "attempts"))


def test_a_refused_recipient_is_final_one_refused_for_now_is_tried_again_and_the_others_get_theirs(
    server: Server, now: None
) -> None:
    final, later, _good = _mails("550", "450", "good")
    assert (delivery.deliver_due(), len(server.connections)) == (1, 1)
    assert _rows() == [(Status.FAILED, delivery.MOST_ATTEMPTS), (Status.FAILED, 1), (Status.SENT, 1)]
    final.refresh_from_db()
    later.refresh_from_db()
    assert final.error == "SMTPRecipientsRefused: 550 not for us (refused for good: it is not tried again)"
    assert (later.error, later.try_after) == ("SMTPRecipientsRefused: 450 not for us", NOW + timedelta(minutes=1))
    with clock.at(NOW + timedelta(minutes=1)):
        assert delivery.deliver_due() == 0
    later.refresh_from_db()
    assert (later.attempts, later.try_after) == (2, NOW + timedelta(minutes=3))


def test_all_tries_of_one_mail_have_one_message_id(server: Server, now: None) -> None:
    _mails("again", "good")
    delivery.deliver_due()
    with clock.at(NOW + timedelta(hours=1)):
        assert delivery.deliver_due() == 1
    ids = [re.findall(r"^Message-ID: (<\d+\.[0-9a-f]{20}@cxc\.example>)", text, re.MULTILINE) for text in server.texts]
    assert (ids[0], len(ids[0]), ids[0] == ids[1]) == (ids[2], 1, False)


def test_a_mail_server_that_hangs_is_asked_once_a_round_and_no_attempt_is_counted(
    silent: Server, mails_go_to: Callable[[int], None]
) -> None:
    _mails(*(f"a{number}" for number in range(40)))
    assert [delivery.deliver_due() for _ in range(3)] == [0, 0, 0]
    assert (len(silent.connections), set(_rows())) == (1, {(Status.DRAFT, 0)})
    working = Server()
    mails_go_to(working.port)
    mail_server.breaker.worked()
    assert (delivery.deliver_due(), len(working.connections)) == (40, 1)
    working.close()


def test_a_refused_connection_leaves_every_mail_for_the_next_round(mails_go_to: Callable[[int], None]) -> None:
    mails_go_to(free_port())
    _mails("a", "b")
    assert (delivery.deliver_due(), set(_rows())) == (0, {(Status.DRAFT, 0)})


def test_silence_in_the_middle_ends_the_round(server: Server, now: None) -> None:
    _mails("first", "silent", "third")
    assert delivery.deliver_due() == 1
    assert _rows() == [(Status.SENT, 1), (Status.FAILED, 1), (Status.DRAFT, 0)]


@pytest.mark.parametrize(
    ("error", "ends", "is_final"),
    [
        (smtplib.SMTPServerDisconnected("timed out"), True, False),
        (smtplib.SMTPDataError(421, b"closing"), True, False),
        (smtplib.SMTPSenderRefused(530, b"sign in first", "a@b"), True, False),
        (smtplib.SMTPSenderRefused(552, b"too large", "a@b"), False, True),
        (smtplib.SMTPDataError(554, b"spam"), False, True),
        (smtplib.SMTPDataError(452, b"full"), False, False),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"unknown")}), False, True),
        (smtplib.SMTPNotSupportedError("no SMTPUTF8"), False, True),
        (ValueError("a header"), False, False),
    ],
)
def test_what_an_answer_means(error: Exception, ends: bool, is_final: bool) -> None:
    assert (mail_server.ends_round(error), mail_server.is_final(error)) == (ends, is_final)


def test_signing_up_goes_on_while_the_mail_server_hangs_and_the_link_is_its_readers_alone(
    silent: Server, mails_go_to: Callable[[int], None], client: Client
) -> None:
    word = "correct-horse-battery"
    given = {"full_name": "Ada", "email": "ada@test.example", "password1": word, "password2": word}
    assert client.post("/account/signup/", given).status_code == 302
    row = Mail.objects.get()
    link = re.search(r"http://\S+", row.text)
    assert (row.status, row.attempts, row.is_private, link is not None) == (Status.DRAFT, 0, True, True)
    page = client_for(people.support_office()).get(f"/support-office/comms/mail/{row.pk}/change/").content.decode()
    assert ("ada@test.example" in page, link is not None and link.group() in page) == (True, False)
    working = Server()
    mails_go_to(working.port)
    mail_server.breaker.worked()
    assert delivery.deliver_due() == 1
    working.close()
    row.refresh_from_db()
    assert (row.status, row.text, row.html) == (Status.SENT, "", "")


def test_on_a_desk_each_mail_is_a_file(tmp_path: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "cxc.comms.file_backend.EmailBackend", str(tmp_path)
    _mails("a", "b")
    assert delivery.deliver_due() == 2
    assert delivery.deliver_due() == 0
    found = {message_from_bytes(file.read_bytes())["To"] for file in tmp_path.iterdir()}
    assert (found, len(list(tmp_path.iterdir()))) == ({"a@test.example", "b@test.example"}, 2)


def test_mails_have_a_queue_of_their_own() -> None:
    route = current_app.amqp.router.route
    named = {name: route({}, f"cxc.comms.tasks.{name}")["queue"].name for name in ("send_outbox", "deliver_mails")}
    assert (named, route({}, "exchanges.tasks.make_pdf")["queue"].name) == (
        {"send_outbox": "mail", "deliver_mails": "mail"},
        "celery",
    )
