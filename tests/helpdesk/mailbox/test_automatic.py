"""What a machine wrote is left alone; what attaches nothing is told as no file."""

from email.message import EmailMessage

import pytest

from helpdesk.mailbox.received_mail import parse
from tests.files import PDF, PNG

SUBJECTS = [
    "Automatic reply: When?",
    "Out of Office: When?",
    "Out of the office until 3 May",
    "Auto: When?",
    "Automatische Antwort: When?",
    "Abwesenheitsnotiz: When?",
    "Réponse automatique : When?",
    "Absence du bureau",
    "Respuesta automática: When?",
    "Fuera de la oficina",
    "Risposta automatica: When?",
    "Fuori sede",
    "Automatisch antwoord: When?",
    "Afwezigheid",
    "Resposta automática: When?",
    "Autosvar: When?",
    "Automatiskt svar: When?",
    "Frånvaro",
    "Automatisk svar: When?",
    "Fraværende",
    "Odpowiedź automatyczna: When?",
    "Automatická odpověď: When?",
    "Răspuns automat: When?",
    "Αυτόματη απάντηση: When?",
    "Автоматичен отговор: When?",
    "Automaattinen vastaus: When?",
    "Automatikus válasz: When?",
    "Undeliverable: When?",
]


def mail(subject: str = "Re: When?", **heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ann <ann@test.example>", "help@portal.example", subject
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content("I am away until Monday.")
    return made


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_note_of_absence_is_known_by_its_subject(subject: str) -> None:
    assert parse(mail(subject).as_bytes()).is_automatic
    for answer in ("Re", "AW", "RE", "SV", "Odp", "Fwd"):
        assert not parse(mail(f"{answer}: {subject}").as_bytes()).is_automatic


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto_Submitted", "auto-generated (vacation)"),
        ("X_Autoreply", "yes"),
        ("X_Autorespond", "When?"),
        ("X_Autoresponder", "vacation"),
        ("X_Auto_Response_Suppress", "All"),
        ("X_Auto_Response_Suppress", "DR, OOF, AutoReply"),
        ("Precedence", "auto_reply"),
        ("Precedence", "Bulk"),
        ("X_POST_MessageClass", "9; Autoresponder"),
        ("X_Failed_Recipients", "ann@test.example"),
        ("Return_Path", "<>"),
    ],
)
def test_a_note_of_absence_is_known_by_its_heads(name: str, value: str) -> None:
    assert parse(mail(**{name: value}).as_bytes()).is_automatic


@pytest.mark.parametrize(
    ("name", "value"),
    [("Auto_Submitted", "no"), ("X_Auto_Response_Suppress", "None"), ("Precedence", "normal"), ("X_Mailer", "Outlook")],
)
def test_what_a_person_wrote_is_read(name: str, value: str) -> None:
    assert not parse(mail(**{name: value}).as_bytes()).is_automatic


def test_logos_and_seals_are_no_files() -> None:
    signed = mail()
    signed.add_related(PNG, "image", "png", cid="<logo@1>", filename="image001.png", disposition="inline")
    signed.make_mixed()
    signed.add_attachment(b"0", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    signed.add_attachment(b"0", maintype="application", subtype="octet-stream", filename="SMIME.P7S")
    assert parse(signed.as_bytes()).attachments == 0
    signed.add_attachment(PDF, maintype="application", subtype="pdf", filename="agenda.pdf")
    signed.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    signed.add_attachment("a;b", subtype="csv", filename="guests.csv")
    assert parse(signed.as_bytes()).attachments == 3


def test_a_large_picture_within_the_text_is_a_file() -> None:
    shown = mail()
    shown.add_related(PNG + bytes(200_000), "image", "png", cid="<screen@1>", disposition="inline")
    assert parse(shown.as_bytes()).attachments == 1


def test_text_on_both_sides_of_a_picture_is_read() -> None:
    made = mail()
    made.make_mixed()
    made.add_attachment(PNG, maintype="image", subtype="png", disposition="inline")
    after = EmailMessage()
    after.set_content("And this is below the picture.")
    made.attach(after)
    assert parse(made.as_bytes()).text.split("\n") == [
        "I am away until Monday.",
        "",
        "And this is below the picture.",
        "",
    ]


def test_an_empty_plain_part_does_not_hide_the_html() -> None:
    made = EmailMessage()
    made["From"] = "ann@test.example"
    made.set_content("\n")
    made.add_alternative("<div>By May.</div><blockquote>When?</blockquote><div>Ann</div>", subtype="html")
    assert parse(made.as_bytes()).text == "By May.\n> When?\nAnn"
