"""What each document says, and when it says something else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exchanges.documents import render_document
from exchanges.documents.contexts import DayMark, DocumentContext, EditorialVersion, PayOutStep, SharedPart
from tests.documents.pdf.reading import texts
from tests.exchanges.documents import samples
from tests.exchanges.documents.samples import CTQ, EXCHANGE, FA, FAR, HEAD, OWN, blocks, signed

pytestmark = [pytest.mark.pdf, pytest.mark.pdf_tools]

Text = Callable[[DocumentContext], str]
_TEXTS: dict[str, str] = {}


@pytest.fixture
def text(tmp_path: Path) -> Text:
    """The whole text of a document, white space squeezed; each is rendered once for all tests."""

    def of(context: DocumentContext) -> str:
        key = repr(context)
        if key not in _TEXTS:
            _TEXTS[key] = " ".join(texts(render_document(context), tmp_path))
        return _TEXTS[key]

    return of


def test_ctq_names_parties_exchange_and_both_parts(text: Text) -> None:
    found = text(CTQ)
    wanted = [
        "Commitment to Quality",
        "2 March 2026",
        *(party.name for party in samples.PARTIES),
        "BE 0999.999.922",
        "Petra Muster",
        "EX-2026-0042",
        "VI-2026-0007",
        "Exploring new markets",
        "Liège, Belgium (time zone Europe/Brussels)",
        "Dates, agreed 7 April 2026 to 9 April 2026",
        "3 (3 weekdays from first to last day)",
        "Coordinating organisation Alpine Cluster Association Address Beispielgasse 1, 8010 Graz, Austria",
        "Grant agreement 101000001",
        "Registration number None Grant agreement 101000002",
        "Represented by Jan Voorbeeld, Cluster manager An Specimen, Treasurer",
        "Co-funded by the COSME programme of the European Union. Grant agreement 101000001 (ALPINE).",
        "Find two joint trials.",
        "Evening round table of the visitors",
        "09:00–10:30 Welcome and introductions Jan Voorbeeld Cluster house",
        "Two letters of intent; one trial.",
        "Follow-up after 6 months",
        "Host: gives access to a line for half a day.",
        "Within 7 days of the end",
        "For the Partnership of the host organisation",
    ]
    assert [piece for piece in wanted if piece not in found] == []


def test_agenda_goes_by_day(text: Text) -> None:
    found = text(CTQ)
    days = [found.index(f"{day} 2026 Time Activity") for day in ("7 April", "8 April", "9 April")]
    assert days == sorted(days)


def test_ctq_of_a_virtual_exchange_speaks_of_no_travel(text: Text) -> None:
    clauses = samples.first_clauses("ctq_virtual")
    virtual = text(replace(CTQ, exchange=replace(EXCHANGE, modality="virtual"), clauses=clauses))
    assert ("Modality Virtual" in virtual, "No money is paid for a virtual exchange" in virtual) == (True, True)
    assert ("travel" in virtual, "evidence of its stay" in virtual) == (False, False)
    assert "travel and accommodation" in text(CTQ)


def test_what_was_not_written_is_said_to_be_missing(text: Text) -> None:
    empty = SharedPart(
        goals="", agenda=[], mutual_learning="", learning_between_visitors="", feedback_time="", external_event=""
    )
    found = text(replace(CTQ, shared=empty, own=replace(OWN, objectives="", responsibilities="")))
    assert (found.count("Not stated."), found.count("No agenda yet.")) == (7, 1)


def test_days_that_count_otherwise_are_listed(text: Text) -> None:
    marks = [
        DayMark(day=date(2026, 4, 11), is_worked=True, reason="Fair on Saturday"),
        DayMark(day=date(2026, 4, 8), is_worked=False, reason="Strike"),
    ]
    found = text(replace(CTQ, exchange=replace(EXCHANGE, day_marks=marks)))
    assert "Worked besides 11 April 2026: Fair on Saturday" in found
    assert "Not worked 8 April 2026: Strike" in found


def test_a_country_without_known_holidays_says_so(text: Text) -> None:
    found = text(replace(CTQ, exchange=replace(EXCHANGE, country="Ukraine", holidays_known=False)))
    assert "no national holidays of Ukraine are known for this period" in found


def test_the_count_of_working_days_is_explained_by_what_made_it(text: Text) -> None:
    found = text(samples.LONGEST_FAR)
    assert (
        "21 (22 weekdays from first to last day, less 1 national holiday of Belgium, plus 1 day worked on a weekend or"
        " holiday, less 1 day not worked)" in found
    )
    assert "National holiday 1 May 2026: Labour Day" in found
    entered = text(replace(FAR, exchange=replace(EXCHANGE, count=None)))
    assert "3 (as counted when the dates were agreed)" in entered


def test_the_agenda_of_a_part_of_the_visit_names_the_visits_dates(text: Text) -> None:
    found = text(replace(CTQ, visit_first_day=date(2026, 4, 6), visit_last_day=date(2026, 4, 17)))
    assert "VI-2026-0007, 6 April 2026 to 17 April 2026; this exchange is a part of it" in found
    assert "is a part of it" not in text(CTQ)


def test_kosovo_has_its_note_and_no_other_country_has(text: Text) -> None:
    note = "* This designation is without prejudice to positions on status"
    host = replace(samples.HOST, country="Kosovo*")
    found = text(replace(CTQ, parties=[samples.VISITOR, host, *samples.PARTIES[2:]]))
    assert (note in found, note in text(CTQ)) == (True, False)


def test_a_draft_has_no_version_and_names_no_amount_that_is_not_agreed(text: Text) -> None:
    draft = replace(FA.head, version=None, mark="draft")
    found = text(replace(FA, head=draft, amount=None, amount_in_words="", ceiling=None))
    assert ("FA-2026-0042 · version" in found, "DRAFT · FA-2026-0042 · 2 March 2026" in found) == (False, True)
    assert ("EUR" in found.split("4. How much")[0], "Agreed lump sum Not stated" in found) == (False, True)


def test_signed_places_show_who_when_and_the_scan(text: Text) -> None:
    places = [signed(block, "Vesna Primer", "Director") for block in blocks(samples.PARTIES)]
    found = text(replace(CTQ, signatures=places))
    assert found.count("Scan SC-2026-0007") == 4
    assert found.count("Date 10 March 2026") == 4
    assert "Scan" not in text(CTQ)


def test_editorial_versions_are_listed_on_the_signature_page(tmp_path: Path) -> None:
    editorial = [EditorialVersion(version=3, dated=date(2026, 3, 12), note="Spelling of a street")]
    last = texts(render_document(replace(CTQ, editorial_versions=editorial)), tmp_path)[-1]
    assert ("7. Signatures" in last, "3 12 March 2026 Spelling of a street" in last) == (True, True)


def test_markup_in_a_text_is_printed_not_obeyed(text: Text) -> None:
    goals = '<img src="https://example.org/x.svg"><b>Bold</b> & {{ head }}'
    assert goals in text(replace(CTQ, shared=replace(CTQ.shared, goals=goals)))


def test_what_was_recorded_afterwards_names_its_source(text: Text) -> None:
    found = text(replace(CTQ, head=replace(HEAD, recorded_source="minutes of the pilot")))
    assert "Recorded afterwards. Source: minutes of the pilot" in found


def test_fa_names_payee_account_amount_and_terms(text: Text) -> None:
    found = text(FA)
    wanted = [
        "Financial Agreement",
        "Agreed lump sum EUR 415.00",
        "Ceiling EUR 830.00 for Belgium on 7 April 2026",
        "In words: Four hundred and fifteen euros",
        "Payee and account holder Karst Photonics d.o.o.",
        "IBAN SI56 2633 0001 2039 086 BIC BLJBSI2X",
        "3 to 4 50 %",
        "5 or more 100 %",
        "within 10 working days after the Final Activity Report is accepted",
        "those of Austria, the seat of the Partnership",
        "the courts of Graz decide",
        "Annex 1. Commitment to Quality CTQ-2026-0042",
        "Clauses, version 1, 1 January 2019",
        "within 7 days of the end",
        "hotel invoice, rent contract, boarding passes, letter of the host organisation",
        "For the visiting organisation",
    ]
    assert [piece for piece in wanted if piece not in found] == []
    assert found.count("For the ") == 2


def test_fa_prints_thousands_and_why_a_ceiling_is_higher(text: Text) -> None:
    raised = replace(FA, amount=Decimal("1250.5"), ceiling=Decimal("1300"), ceiling_reason="Outermost region")
    found = text(raised)
    assert "EUR 1,250.50" in found
    assert (
        "EUR 1,300.00 for Belgium on 7 April 2026 Set higher for this exchange by the Support Office: Outermost"
        in found
    )
    assert "Set higher" not in text(FA)


def test_fa_prints_a_step_of_one_day_as_one_number(text: Text) -> None:
    rule = [PayOutStep(from_days=3, to_days=3, percent=Decimal("33.33"))]
    assert "3 33.33 %" in text(replace(FA, pay_out_rule=rule))


def test_far_tells_what_took_place_and_what_came_of_it(text: Text) -> None:
    found = text(FAR)
    wanted = [
        "Final Activity Report",
        "Dates, actual 7 April 2026 to 9 April 2026",
        "Agreed before 3 working days, 7 April 2026 to 9 April 2026",
        "took place as planned.",
        "16:30–17:00 What we learned today All Cluster house Time for feedback",
        "replaced by an online call",
        "One letter of intent.",
        "Three recyclers",
        "Trial in autumn.",
        "Satisfaction 5 of 5",
        "agrees that a success story",
        "Hotel invoice invoice.pdf 12 April 2026 Accepted",
        "Handed in 14 April 2026 by Vesna Primer, Director",
        "Accepted 16 April 2026 by Petra Muster for Alpine Demo Partnership",
    ]
    assert [piece for piece in wanted if piece not in found] == []


def test_far_prints_the_story_and_says_when_satisfaction_is_open(text: Text) -> None:
    found = text(replace(FAR, story="How two companies met", satisfaction=None))
    assert ("Success story How two companies met" in found, "Satisfaction Not stated." in found) == (True, True)
    assert "How two companies met" not in text(FAR)


def test_far_not_yet_handed_in(text: Text) -> None:
    found = text(replace(FAR, submission=None, acceptance=None, story_consent=False, evidence=[]))
    assert ("Handed in Not yet" in found, "Accepted Not yet" in found) == (True, True)
    assert "does not agree to a success story" in found
    assert "None handed in when this report was made." in found


def test_far_handed_in_for_the_visitor_says_why(text: Text) -> None:
    assert FAR.submission is not None
    found = text(replace(FAR, submission=replace(FAR.submission, on_behalf_reason="Illness")))
    assert "On behalf of the visiting organisation: Illness" in found


def test_far_of_a_virtual_exchange_asks_for_no_evidence(text: Text) -> None:
    assert "Evidence of the stay" not in text(replace(FAR, exchange=replace(EXCHANGE, modality="virtual")))
