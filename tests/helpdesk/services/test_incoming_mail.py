"""Real mails on standard input: each becomes one message, or nothing."""

import io
from email.message import EmailMessage
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from cxc.comms.models import Mail
from cxc.settings.limits import Rate
from helpdesk.mailbox.addresses import reply_address
from helpdesk.mailbox.received_mail import parse
from helpdesk.models import HelpMessage, HelpRequest
from helpdesk.services.incoming_mail import MAX_BYTES, MailRejected, MailWithoutText, Outcome, receive_mail
from helpdesk.services.questions import ask_question_as_visitor, confirm_question
from profiles.services.people import anonymise
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _mailbox(settings: Settings) -> None:
    settings.HELP_MAILBOX = "help@portal.example"


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def written(mail: Mail, text: str, *, sender: str = "", number: int = 1, **heads: str) -> bytes:
    """An answer to one of the portal's mails, as a mail program writes it."""
    answer = EmailMessage()
    answer["From"] = f"Somebody <{sender or mail.to_address}>"
    answer["To"] = mail.reply_to
    answer["Subject"] = f"Re: {mail.subject}"
    answer["Message-ID"] = f"<{number}@mail.test.example>"
    for name, value in heads.items():
        answer[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in mail.text.splitlines())
    answer.set_content(f"{text}\n\nOn Mon, 7 Sep 2026 at 09:00 the portal wrote:\n{quoted}\n")
    return answer.as_bytes()


def mail_to(address: str) -> Mail:
    return Mail.objects.filter(about_kind="helpdesk.helprequest", to_address=address).latest("pk")


def last(request: HelpRequest) -> tuple[str, str, str]:
    message = request.messages.latest("pk")
    return message.text, message.author_role, message.channel


def test_a_coordinator_answers_and_who_asked_writes_again_all_by_mail(parties: Parties) -> None:
    request = states.open_question(parties)
    coordinator, asker = people.user_of(parties.vop_coordinator), people.user_of(parties.vo)
    assert receive_mail(written(mail_to(coordinator.email), "By May.")) == Outcome.TAKEN
    assert last(request) == ("By May.", "desk", "mail")
    assert HelpRequest.objects.get(pk=request.pk).state == "answered"
    assert receive_mail(written(mail_to(asker.email), "Of which year?", number=2)) == Outcome.TAKEN
    assert last(request) == ("Of which year?", "asker", "mail")
    assert HelpRequest.objects.get(pk=request.pk).state == "open"


def test_a_visitor_writes_again_by_mail() -> None:
    so = people.support_office()
    request = confirm_question(
        ask_question_as_visitor(name="Ana", email="ana@test.example", subject="Hello", text="May we?")
    )
    receive_mail(written(mail_to(people.user_of(so).email), "Yes, you may."))
    assert receive_mail(written(mail_to("ana@test.example"), "Thank you!", number=2)) == Outcome.TAKEN
    assert last(request) == ("Thank you!", "asker", "mail")


def test_the_same_mail_twice_is_one_message(parties: Parties) -> None:
    request = states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "By May.")
    assert [receive_mail(raw), receive_mail(raw)] == [Outcome.TAKEN, Outcome.KNOWN]
    assert request.messages.count() == 2


def test_without_a_message_id_the_same_content_is_the_same_mail(parties: Parties) -> None:
    states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "By May.")
    raw = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"Message-ID"))
    assert [receive_mail(raw), receive_mail(raw)] == [Outcome.TAKEN, Outcome.KNOWN]


def test_another_sender_is_refused_even_with_the_right_address(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    with pytest.raises(MailRejected):
        receive_mail(written(mail, "By June.", sender=people.user_of(parties.hop_coordinator).email))
    assert request.messages.count() == 1


def test_an_address_signed_for_another_question_is_refused(parties: Parties) -> None:
    first, second = states.open_question(parties), states.answered_question(usual_parties())
    coordinator = people.user_of(parties.vop_coordinator)
    mail = mail_to(coordinator.email)
    mail.reply_to = reply_address(first.pk, coordinator.email).replace(f"+{first.pk}-", f"+{second.pk}-")
    with pytest.raises(MailRejected):
        receive_mail(written(mail, "By June."))


def test_who_is_no_coordinator_any_more_answers_no_more(parties: Parties) -> None:
    request = states.open_question(parties)
    coordinator = people.user_of(parties.vop_coordinator)
    coordinator.partnership_memberships.all().delete()
    with pytest.raises(MailRejected):
        receive_mail(written(mail_to(coordinator.email), "By May."))
    assert request.messages.count() == 1


def test_who_was_forgotten_is_not_found(parties: Parties) -> None:
    request = states.answered_question(parties)
    address = people.user_of(parties.vo).email
    mail = mail_to(address)
    anonymise(people.user_of(parties.vo), by=parties.so)
    with pytest.raises(MailRejected):
        receive_mail(written(mail, "Me again.", sender=address))
    assert request.messages.count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto_Submitted", "auto-replied"),
        ("Precedence", "bulk"),
        ("X_Autoreply", "yes"),
        ("Return_Path", "<>"),
        ("List_Id", "<looms.test.example>"),
    ],
)
def test_what_a_machine_wrote_is_left_alone(parties: Parties, name: str, value: str) -> None:
    request = states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "I am away.", **{name: value})
    assert receive_mail(raw) == Outcome.AUTOMATIC
    assert request.messages.count() == 1


def test_a_mail_that_says_nothing_new_is_sent_back_not_swallowed(parties: Parties) -> None:
    request = states.open_question(parties)
    with pytest.raises(MailWithoutText, match="Nothing new was found"):
        receive_mail(written(mail_to(people.user_of(parties.vop_coordinator).email), ""))
    assert HelpRequest.objects.get(pk=request.pk).state == "open"


def reply_below(mail: Mail, quoted: str, text: str) -> bytes:
    """An answer below what it answers to."""
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Message-ID"] = mail.to_address, mail.reply_to, "<below@mail.test.example>"
    answer.set_content(f"{quoted}\n\n{text}\n")
    return answer.as_bytes()


def test_an_answer_below_the_quote_is_taken_with_and_without_marks(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    head = "From: portal@cxc.example\nSent: Monday, 7 September 2026\nTo: You\nSubject: When?\n\n"
    assert receive_mail(reply_below(mail, head + mail.text, "By May.")) == Outcome.TAKEN
    assert last(request)[0] == "By May."
    marked = "\n".join(f"> {line}" for line in mail.text.splitlines())
    raw = reply_below(mail, f"On Mon, 7 Sep 2026 the portal <p@cxc.example> wrote:\n{marked}", "By June.")
    assert receive_mail(raw.replace(b"<below@", b"<marked@")) == Outcome.TAKEN
    assert last(request)[0] == "By June."


def test_the_html_of_our_mail_quoted_by_outlook_is_known(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    head = "<p>By May.</p><hr><p>Von: portal@cxc.example<br>Gesendet: 7.9.2026<br>An: You<br>Betreff: When?</p>"
    raw = reply_below(mail, "", "").replace(b"text/plain", b"text/html")
    assert receive_mail(raw.rstrip() + f"\n{head}{mail.html}".encode()) == Outcome.TAKEN
    assert last(request)[0] == "By May."


def test_files_without_a_word_are_told_not_swallowed(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Message-ID"] = mail.to_address, mail.reply_to, "<file@mail.test.example>"
    answer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    assert receive_mail(answer.as_bytes()) == Outcome.TAKEN
    assert last(request)[0] == "(Files of this mail were not taken: add them in the portal.)"


def test_an_html_mail_is_taken_as_words(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Message-ID"] = mail.to_address, mail.reply_to, "<html@mail.test.example>"
    answer.set_content(
        "<html><head><style>p{}</style></head><body><p>By May&nbsp;&amp; not later.</p><script>alert(1)</script>"
        "<p>Greetings</p><blockquote>what you wrote</blockquote></body></html>",
        subtype="html",
    )
    receive_mail(answer.as_bytes())
    assert last(request)[0] == "By May & not later.\nGreetings"


def test_files_are_not_taken_and_the_message_says_so(parties: Parties) -> None:
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Message-ID"] = mail.to_address, mail.reply_to, "<file@mail.test.example>"
    answer.set_content("See the file.")
    answer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    receive_mail(answer.as_bytes())
    assert last(request)[0] == "See the file.\n\n(Files of this mail were not taken: add them in the portal.)"


def test_a_very_long_text_is_cut_and_says_so(parties: Parties) -> None:
    request = states.open_question(parties)
    receive_mail(written(mail_to(people.user_of(parties.vop_coordinator).email), "word " * 4000))
    text = last(request)[0]
    assert len(text) <= 10_000
    assert text.endswith("(The rest of this mail was too long to be taken.)")


def test_a_mail_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(MailRejected):
        receive_mail(b"x" * (MAX_BYTES + 1))


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"From: \n\n", b"Content-Type: text/plain; charset=x-no\n\nHi"])
def test_damaged_mails_are_refused_not_crashed_on(raw: bytes) -> None:
    with pytest.raises(MailRejected):
        receive_mail(raw)


def pipe(raw: bytes) -> int:
    """What the mail server's pipe gets to hear."""
    with patch("sys.stdin", io.TextIOWrapper(io.BytesIO(raw))):
        try:
            call_command("receive_mail", stdout=io.StringIO(), stderr=io.StringIO())
        except SystemExit as left:
            return int(left.code or 0)
    return 0


def test_the_command_answers_as_mail_servers_expect(parties: Parties) -> None:
    states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "By May.")
    assert (pipe(raw), pipe(raw), pipe(b"To: nobody@portal.example\n\nHello")) == (0, 0, 67)
    nothing = written(mail_to(people.user_of(parties.vop_coordinator).email), "", number=3)
    assert (pipe(nothing), pipe(b"x" * (MAX_BYTES + 1))) == (65, 65)
    with patch("helpdesk.services.incoming_mail.parse", side_effect=RecursionError):
        assert pipe(raw) == 75
    with patch("helpdesk.services.incoming_mail.read_address", side_effect=OperationalError):
        assert pipe(raw) == 75
    assert HelpMessage.objects.filter(channel="mail").count() == 1


def test_two_machines_that_answer_each_other_come_to_an_end(parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RATE_LIMITS, "message", Rate(2, 3600))
    request = states.open_question(parties)
    mail = mail_to(people.user_of(parties.vop_coordinator).email)
    for number in (1, 2):
        assert receive_mail(written(mail, "I am out.", number=number)) == Outcome.TAKEN
    with pytest.raises(MailRejected):
        receive_mail(written(mail, "I am out.", number=3))
    assert request.messages.count() == 3


def test_a_mail_with_what_no_database_holds_is_taken_without_it(parties: Parties) -> None:
    request = states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "By MARK May.", number=7)
    assert receive_mail(raw.replace(b"MARK", b"\x00").replace(b"<7@", b"<\x007@")) == Outcome.TAKEN
    assert last(request)[0] == "By  May."


def test_a_head_that_no_reader_understands_is_left_out(parties: Parties) -> None:
    states.open_question(parties)
    raw = written(mail_to(people.user_of(parties.vop_coordinator).email), "By May.")
    assert parse(raw.replace(b"<1@mail.test.example>", b"<a@[")).message_id.startswith("sha256:")
