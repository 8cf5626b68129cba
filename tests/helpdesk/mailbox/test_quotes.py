"""Answers as mail programs write them: what is new stays, whatever it looks like; what is quoted goes."""

import pytest

from helpdesk.mailbox.quotes import MARKER, without_quotes

ORIGINAL = f"""Dear Ann Other,

{MARKER}

The Loom Bridge asks you:

Could you tell us which week of May suits you best, and how many people will come? We would like to book the rooms.

Do you need an interpreter for the second day of the visit?

You can read everything, write again and close the question here:

https://portal.example/help/questions/12/

--
ClusterXchange portal
https://portal.example/
You can answer this mail: your answer appears in the portal.
"""
MAIL_OF_PORTAL = f"{MARKER}\n\nThe Support Office answers your question:\n\nYes."
MARKED = "\n".join(f"> {line}" for line in ORIGINAL.splitlines())
WRAPPED = ORIGINAL.replace(" suits you best, and how", " suits you best,\nand how").replace(
    "We would like", "We\nwould like"
)
ADDRESS = "help+12-abcdefghijklmnopqrstuvwx@portal.example"
ENGLISH = "On Sat, 28 Nov 2026 at 09:05, ClusterXchange portal <portal@cxc.example> wrote:"

QUOTE_HEADERS = [
    ENGLISH,
    "On Sat, 28 Nov 2026 at 09:05, ClusterXchange portal\n<portal@cxc.example> wrote:",
    "Am Sa., 28. Nov. 2026 um 09:05 Uhr schrieb ClusterXchange portal <portal@cxc.example>:",
    "Am 28.11.26 um 09:05 schrieb ClusterXchange portal:",
    "Le 28 nov. 2026 à 09:05, ClusterXchange portal\u00a0<portal@cxc.example> a écrit\u00a0:",
    "El sáb, 28 nov 2026 a las 9:05, ClusterXchange portal (<portal@cxc.example>) escribió:",
    "Il giorno sab 28 nov 2026 alle ore 09:05 ClusterXchange portal <portal@cxc.example> ha scritto:",
    "Op za 28 nov 2026 om 09:05 schreef ClusterXchange portal <portal@cxc.example>:",
    "Em sáb., 28 de nov. de 2026 às 09:05, ClusterXchange portal <portal@cxc.example> escreveu:",
    "Den lör 28 nov. 2026 kl 09:05 skrev ClusterXchange portal <portal@cxc.example>:",
    "W dniu 28.11.2026 o 09:05, ClusterXchange portal pisze:",
    "so 28. 11. 2026 v 9:05 odesílatel ClusterXchange portal <portal@cxc.example> napsal:",
    "În sâm., 28 nov. 2026 la 09:05, ClusterXchange portal <portal@cxc.example> a scris:",
    "Στις Σάβ 28 Νοε 2026 στις 9:05 π.μ., ο χρήστης ClusterXchange portal <portal@cxc.example> έγραψε:",
    "На сб, 28.11.2026 г. в 9:05 ClusterXchange portal <portal@cxc.example> написа:",
    "ClusterXchange portal <portal@cxc.example> ezt írta (időpont: 2026. nov. 28., Szo, 9:05):",
    "la 28. marrask. 2026 klo 9.05 ClusterXchange portal (portal@cxc.example) kirjoitti:",
    "2026-11-28 9:05 GMT+01:00 ClusterXchange portal <portal@cxc.example>:",
]
BLOCKS = [
    "From: ClusterXchange portal <portal@cxc.example>\nSent: Saturday, 28 November 2026 09:05\nTo: Ann\nSubject: When?",
    "-----Original Message-----\nFrom: portal@cxc.example\nSent: 28 November 2026 09:05\nTo: Ann\nSubject: When?",
    "________________________________\nFrom: portal@cxc.example\nSent: 28 November 2026\nTo: Ann\nSubject: When?",
    "*From:* portal@cxc.example\n*Date:* 28 November 2026\n*To:* Ann\n*Subject:* When?",
    "Von: portal@cxc.example\nGesendet: Samstag, 28. November 2026 09:05\nAn: Ann\nBetreff: When?",
    "-----Ursprüngliche Nachricht-----\nVon: portal@cxc.example\nGesendet: 28.11.2026\nAn: Ann\nBetreff: When?",
    "De : portal@cxc.example\nEnvoyé : samedi 28 novembre 2026 09:05\nÀ : Ann\nObjet : When?",
    "De: portal@cxc.example\nEnviado el: sábado, 28 de noviembre de 2026\nPara: Ann\nAsunto: When?",
    "Da: portal@cxc.example\nInviato: sabato 28 novembre 2026\nA: Ann\nOggetto: When?",
    "Van: portal@cxc.example\nVerzonden: zaterdag 28 november 2026\nAan: Ann\nOnderwerp: When?",
    "De: portal@cxc.example\nEnviada em: 28 de novembro de 2026\nPara: Ann\nAssunto: When?",
    "Från: portal@cxc.example\nSkickat: den 28 november 2026\nTill: Ann\nÄmne: When?",
    "Fra: portal@cxc.example\nSendt: 28. november 2026\nTil: Ann\nEmne: When?",
    "Od: portal@cxc.example\nWysłano: sobota, 28 listopada 2026\nDo: Ann\nTemat: When?",
    "Od: portal@cxc.example\nOdesláno: sobota 28. listopadu 2026\nKomu: Ann\nPředmět: When?",
]
ANSWER = "In the second week of May,\nwith four people."


@pytest.mark.parametrize("head", QUOTE_HEADERS)
def test_an_answer_above_a_quote_is_what_is_new(head: str) -> None:
    assert without_quotes(f"{ANSWER}\n\n{head}\n\n{MARKED}\n", [ORIGINAL]) == ANSWER
    assert without_quotes(f"{ANSWER}\n\n{head}\n{MARKED}\n") == ANSWER


@pytest.mark.parametrize("head", QUOTE_HEADERS + BLOCKS)
def test_a_quote_without_marks_is_known_by_what_the_portal_wrote(head: str) -> None:
    assert without_quotes(f"{ANSWER}\n\n{head}\n\n{WRAPPED}", [ORIGINAL]) == ANSWER


@pytest.mark.parametrize(
    "head", [QUOTE_HEADERS[0], QUOTE_HEADERS[2], QUOTE_HEADERS[4], BLOCKS[0], BLOCKS[4], BLOCKS[6]]
)
def test_an_answer_below_a_quote_is_kept(head: str) -> None:
    quoted = MARKED if head in QUOTE_HEADERS else ORIGINAL
    assert without_quotes(f"{head}\n{quoted}\n\n{ANSWER}\n", [ORIGINAL]) == ANSWER


def test_answers_within_a_quote_are_kept_in_their_order() -> None:
    lines = MARKED.splitlines()
    at = next(number for number, line in enumerate(lines) if "second day" in line)
    mail = [
        ENGLISH,
        *lines[:at],
        "",
        "The second week of May.",
        "",
        *lines[at : at + 1],
        "",
        "No.",
        "",
        *lines[at + 1 :],
    ]
    told = "Hello,\n\nsee below.\n\n" + "\n".join(mail) + "\n\nKind regards\nAnn"
    assert without_quotes(told, [ORIGINAL]) == (
        "Hello,\n\nsee below.\n\nThe second week of May.\n\nNo.\n\nKind regards\nAnn"
    )


def test_answers_within_a_quote_without_marks_are_kept() -> None:
    lines = ORIGINAL.splitlines()
    at = next(number for number, line in enumerate(lines) if "second day" in line)
    mail = [
        *lines[:at],
        "The second week of May.",
        *lines[at : at + 1],
        "For the second day of the visit, yes.",
        *lines[at + 1 :],
    ]
    told = f"See below.\n\n{BLOCKS[0]}\n\n" + "\n".join(mail)
    kept = "See below.\n\nThe second week of May.\nFor the second day of the visit, yes."
    assert without_quotes(told, [ORIGINAL]).replace("\n\n\n", "\n\n") == kept


def test_answers_written_after_the_mark_of_a_quote_are_kept() -> None:
    lines = MARKED.splitlines()
    lines.insert(8, "> In May.")
    assert without_quotes(f"{ENGLISH}\n" + "\n".join(lines), [ORIGINAL]).endswith("> In May.")


@pytest.mark.parametrize(
    "text",
    [
        "Hello,\n\nOn Monday the host wrote to us the following:\n\nWe can't come before 5 May.\n\nWhat shall we do?",
        "On 3 May the host wrote to us:\n\nWe are full.\n\nWhat now?",
        "Am Montag schrieb uns der Gastgeber Folgendes:\n\nWir sind am 5. Mai voll.\n\nWas nun?",
        "Lundi 4 mai, l'hôte nous a écrit ceci :\n\nNous sommes complets.\n\nQue faire ?",
        "Il 3 maggio l'ospite ci ha scritto:\n\nSiamo al completo.\n\nChe cosa facciamo?",
        "El día 3 el anfitrión nos escribió:\n\nEstamos completos.\n\n¿Qué hacemos?",
        "First point.\n--\nSecond point.\n--\nThird point.",
        "Our figures:\n______________________________\n2025   4\n2026   9\n______________________________\nSum   13",
        "From: Lyon\nTo: Vigo\nDate: 4 May\n\nIs this train all right?",
        "-----Original Message-----\nI quote what we sent you by post in March.\n\nIs it still right?",
        "Von: Wien\nAn: Graz\nGesendet: gestern\nBetreff: Fahrkarte\n\nStimmt das so?",
    ],
)
def test_what_merely_looks_like_a_quote_is_kept(text: str) -> None:
    assert without_quotes(text, [ORIGINAL]) == text
    assert without_quotes(f"{text}\n\n{ENGLISH}\n{MARKED}", [ORIGINAL]) == text
    assert without_quotes(f"{text}\n\n{BLOCKS[0]}\n\n{ORIGINAL}", [ORIGINAL]) == text


def test_words_of_the_question_in_an_answer_are_kept() -> None:
    text = "The week of May suits us, how many people will come we tell you later.\nwhich week of May suits you best"
    assert without_quotes(f"{text}\n\n{ENGLISH}\n{MARKED}", [ORIGINAL]) == text
    below = f"{BLOCKS[0]}\n\n{ORIGINAL}\n\nwhich week of May suits you best"
    assert without_quotes(below, [ORIGINAL]) == "which week of May suits you best"


@pytest.mark.parametrize("end", ["", f"\n\n{ENGLISH}\n{MARKED}", f"\n\n{BLOCKS[1]}\n\n{ORIGINAL}"])
def test_a_signature_is_left_out_where_it_is_surely_one(end: str) -> None:
    assert without_quotes(f"{ANSWER}\n-- \nAnn Other\nLoom House, Vigo{end}", [ORIGINAL]) == ANSWER
    long = "\n".join(f"Point {number}" for number in range(12))
    assert without_quotes(f"{ANSWER}\n-- \n{long}{end}", [ORIGINAL]).endswith("Point 11")


def test_an_answer_below_quote_and_signature_is_kept() -> None:
    mail = f"Hello,\n-- \nAnn\n\n{ENGLISH}\n{MARKED}\n\n{ANSWER}"
    assert without_quotes(mail, [ORIGINAL]) == f"Hello,\n--\nAnn\n\n{ANSWER}"


@pytest.mark.parametrize("mail", ["", f"{ENGLISH}\n{MARKED}\n", f"{BLOCKS[0]}\n\n{ORIGINAL}", MARKED, ORIGINAL])
def test_a_mail_in_which_nothing_is_new_says_nothing(mail: str) -> None:
    assert without_quotes(mail, [ORIGINAL]) == ""


def test_of_several_mails_the_one_that_is_answered_is_found() -> None:
    other = ORIGINAL.replace("which week of May", "which month of the year")
    assert without_quotes(f"{ANSWER}\n\n{BLOCKS[0]}\n\n{ORIGINAL}", [other, ORIGINAL, ""]) == ANSWER


def test_what_outlook_adds_to_links_and_pictures_is_no_news() -> None:
    safe = "<https://eur01.safelinks.example/?url=https%3A%2F%2Fportal.example>"
    quoted = ORIGINAL.replace("/questions/12/", f"/questions/12/{safe}")
    assert without_quotes(f"{ANSWER}\n[cid:image001.png@01D]\n\n{BLOCKS[0]}\n\n{quoted}", [ORIGINAL]) == ANSWER


def test_a_very_long_mail_is_read_quickly() -> None:
    assert len(without_quotes("word on 2 de : \n" * 12_000, [ORIGINAL] * 3)) > 100_000


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Thank you.", "Thank you."),
        (f"Thank you.\r\n\r\n{MAIL_OF_PORTAL}", "Thank you."),
        (
            f"Thank you.\n\nOn Mon, 7 Sep 2026 at 09:00, Portal\n<p@cxc.example> wrote:\n\n> {MARKER}\n> Yes.",
            "Thank you.",
        ),
        ("Danke.\n\nAm 07.09.2026 um 09:00 schrieb ClusterXchange:\n> Ja.", "Danke."),
        ("First.\n> quoted\nSecond.", "First.\nSecond."),
        ("One.\n\n\n\n\nTwo.", "One.\n\nTwo."),
        ("On Monday we travel.\nOn Tuesday we wrote it.", "On Monday we travel.\nOn Tuesday we wrote it."),
        (MAIL_OF_PORTAL, ""),
    ],
)
def test_only_what_is_new_is_kept(text: str, new: str) -> None:
    assert without_quotes(text, [MAIL_OF_PORTAL]) == new


def test_a_long_text_takes_no_time() -> None:
    text = "On " * 20_000 + "\n" + "On a line, as so often\n" * 3_000
    assert without_quotes(text, [ORIGINAL]) == "\n".join(line.rstrip() for line in text.strip().split("\n"))
