"""What each document says, and when it says something else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exchanges.documents import DocumentContext, render_document
from exchanges.documents.contexts import DayMark, EditorialVersion, PayOutStep, SharedPart
from tests.exchanges.documents import samples
from tests.exchanges.documents.samples import CTQ, EXCHANGE, FA, FAR, HEAD, OWN, blocks, signed
from tests.ground.pdf.reading import texts

pytestmark = [pytest.mark.pdf, pytest.mark.pdf_tools]

Text = Callable[[DocumentContext], str]


@pytest.fixture
def text(tmp_path: Path) -> Text:
    """The whole text of a document, white space squeezed."""
    return lambda context: " ".join(texts(render_document(context), tmp_path))


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
        "Tuesday 7 April 2026 to Thursday 9 April 2026",
        "3 weekdays from first to last day, less the national holidays of Belgium",
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
    virtual = text(replace(CTQ, exchange=replace(EXCHANGE, modality="virtual")))
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
    assert "Counted besides Saturday 11 April 2026: Fair on Saturday" in found
    assert "Not counted Wednesday 8 April 2026: Strike" in found


def test_a_country_without_known_holidays_says_so(text: Text) -> None:
    found = text(replace(CTQ, exchange=replace(EXCHANGE, country="Ukraine", holidays_known=False)))
    assert "national holidays of Ukraine, of which none is known for this period" in found


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
        "Payee Karst Photonics d.o.o.",
        "IBAN SI56 2633 0001 2039 086",
        "3 to 4 50 %",
        "5 or more 100 %",
        "within 10 working days after the Final Activity Report is accepted",
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
        "Dates, actual Tuesday 7 April 2026 to Thursday 9 April 2026",
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
