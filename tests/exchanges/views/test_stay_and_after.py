"""An exchange under way and after: actual figures, evidence, report, money, feedback."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from cxc import clock
from cxc.workflow import perform
from exchanges.models import Evidence, Exchange, FinalActivityReport, FinancialAgreement, Payment
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.scenarios import completion, lifecycle

pytestmark = pytest.mark.django_db

AFTER = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
REPORT = {
    "activities": "All as in the agenda.",
    "outcomes": "A letter of intent.",
    "follow_up": "A call in March.",
    "satisfaction": "5",
}


@pytest.fixture
def ended(parties: Parties) -> Iterator[Exchange]:
    """An ongoing exchange on the morning after its last day."""
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        yield exchange


def report_of(exchange: Exchange) -> FinalActivityReport:
    return FinalActivityReport.objects.get(exchange=exchange)


def test_a_stay_cut_short_is_entered_with_the_days_not_worked(parties: Parties, ended: Exchange) -> None:
    typed = {"start": "2026-09-28", "end": "2026-09-30", "off_2026-09-29": "Ill", "reason": "Ill on the second day"}
    assert builders.send(parties.vop_coordinator, "exchange_actual", ended.pk, typed).status_code == 302
    assert builders.fresh(ended).actual_working_days == 2
    assert [(off.day, off.reason) for off in ended.days_not_worked.all()] == [(date(2026, 9, 29), "Ill")]


def test_a_partnership_corrects_downwards_only(parties: Parties, ended: Exchange) -> None:
    typed = {"start": "2026-09-25", "end": "2026-09-30", "reason": "Came earlier"}
    assert builders.errors(builders.send(parties.vop_coordinator, "exchange_actual", ended.pk, typed))["__all__"] != []
    assert builders.fresh(ended).actual_start == date(2026, 9, 28)


def test_the_payable_amount_follows_the_rule(parties: Parties, ended: Exchange) -> None:
    shown = builders.page(parties.vop_coordinator, "exchange_payable", ended.pk)
    assert f"For 3 actual working days the rule gives EUR {ended.payable_by_rule()}." in shown
    assert builders.send(parties.vop_coordinator, "exchange_payable", ended.pk).status_code == 302
    assert builders.fresh(ended).payable == ended.payable_by_rule()


def test_a_departure_from_the_rule_has_its_reason_and_stays_within_the_agreement(
    parties: Parties, ended: Exchange
) -> None:
    vop, lower = parties.vop_coordinator, "100"
    assert list(builders.errors(builders.send(vop, "exchange_payable", ended.pk, amount=lower))) == ["why"]
    assert list(builders.errors(builders.send(vop, "exchange_payable", ended.pk, amount="9000", why="More"))) == [
        "amount"
    ]
    assert (
        builders.send(vop, "exchange_payable", ended.pk, amount=lower, why="Hotel paid by the host").status_code == 302
    )
    assert builders.fresh(ended).payable == Decimal(100)


def test_evidence_is_handed_in_and_opened_by_whom_it_concerns(parties: Parties, ended: Exchange) -> None:
    assert list(builders.errors(builders.send(parties.vo, "evidence_upload", ended.pk, kind="hotel"))) == ["file"]
    assert (
        builders.send(parties.vo, "evidence_upload", ended.pk, kind="hotel", file=builders.upload()).status_code == 302
    )
    address = reverse("evidence_file", args=[Evidence.objects.get().pk])
    answers = {name: client_for(actor).get(address) for name, actor in near(parties).items()}
    read = {name: b"".join(answer) != b"" and answer.status_code for name, answer in answers.items()}
    assert read == {"vo": 200, "vop": 200, "so": 200, "ho": 403, "hop": 403}


def near(parties: Parties) -> dict[str, object]:
    return {
        "vo": parties.vo,
        "vop": parties.vop_coordinator,
        "so": parties.so,
        "ho": parties.ho,
        "hop": parties.hop_coordinator,
    }


def test_a_host_hands_in_its_letter_only_and_opens_it(parties: Parties, ended: Exchange) -> None:
    assert list(
        builders.errors(builders.send(parties.ho, "evidence_upload", ended.pk, kind="hotel", file=builders.upload()))
    ) == ["kind"]
    assert (
        builders.send(parties.ho, "evidence_upload", ended.pk, kind="host_letter", file=builders.upload()).status_code
        == 302
    )
    response = client_for(parties.ho).get(reverse("evidence_file", args=[Evidence.objects.get().pk]))
    assert response.status_code == 200
    assert b"".join(response).startswith(b"%PDF")


def test_the_report_is_written_and_a_second_writer_loses_nothing(parties: Parties, ended: Exchange) -> None:
    read = report_of(ended).row_version
    assert builders.send(parties.vo, "report_edit", ended.pk, REPORT, version_read=read).status_code == 302
    second = builders.send(
        parties.vop_coordinator, "report_edit", ended.pk, {**REPORT, "outcomes": "Others"}, version_read=read
    )
    assert second.status_code == 400
    assert second.context["differences"] == [("Outcomes", REPORT["outcomes"], "Others")]
    assert "Others" in second.content.decode()


def test_a_report_is_submitted_for_the_visitor_with_reason_and_paper(parties: Parties, ended: Exchange) -> None:
    builders.send(parties.vop_coordinator, "report_edit", ended.pk, REPORT, version_read=report_of(ended).row_version)
    bare = builders.send(parties.vop_coordinator, "report_submit_for", ended.pk)
    assert sorted(builders.errors(bare)) == ["file", "reason"]
    sent = builders.send(
        parties.vop_coordinator, "report_submit_for", ended.pk, reason="Came by post", file=builders.upload()
    )
    assert sent.status_code == 302
    assert report_of(ended).state == "submitted"
    response = client_for(parties.vo).get(reverse("report_source_file", args=[ended.pk]))
    assert b"".join(response).startswith(b"%PDF")


def test_an_unfinished_report_is_not_submitted(parties: Parties, ended: Exchange) -> None:
    sent = builders.send(
        parties.vop_coordinator, "report_submit_for", ended.pk, reason="Came by post", file=builders.upload()
    )
    assert "Fill in what is missing" in builders.errors(sent)["__all__"][0]


@pytest.fixture
def due(parties: Parties, ended: Exchange) -> Payment:
    """A payment that is due: evidence in, report accepted, amount accepted."""
    builders.send(parties.vo, "evidence_upload", ended.pk, kind="hotel", file=builders.upload())
    builders.send(parties.vo, "report_edit", ended.pk, REPORT, version_read=report_of(ended).row_version)
    perform(report_of(ended), "submit", by=parties.vo)
    perform(report_of(ended), "accept", by=parties.vop_coordinator)
    builders.send(parties.vop_coordinator, "exchange_payable", ended.pk)
    return Payment.objects.get(exchange=ended)


def test_a_payment_is_confirmed_with_day_amount_and_reference(parties: Parties, due: Payment) -> None:
    typed = {"paid_on": "2026-10-01", "amount": str(due.amount), "reference": "Transfer 7"}
    late = builders.send(parties.vop_coordinator, "payment_pay", due.exchange_id, typed, paid_on="2026-12-24")
    assert list(builders.errors(late)) == ["paid_on"]
    assert builders.send(parties.vop_coordinator, "payment_pay", due.exchange_id, typed).status_code == 302
    due.refresh_from_db()
    assert (due.state, due.references) == ("paid", "Transfer 7")
    assert builders.send(parties.vo, "payment_pay", due.exchange_id, typed).status_code == 403


def test_confirming_a_payment_shows_payee_account_and_what_is_due(parties: Parties, due: Payment) -> None:
    builders.send(
        parties.vop_coordinator, "payment_pay", due.exchange_id, paid_on="2026-10-01", amount="15", reference="Part 1"
    )
    shown = builders.page(parties.vop_coordinator, "payment_pay", due.exchange_id)
    wanted = (parties.visitor.legal_name, "ES91 2100 0418 4502 0005 1332", "EUR 400.00", "Paid EUR 15.00 on 1 Oct")
    assert [one for one in wanted if one not in shown] == []
    assert "Still due: EUR 400.00" in builders.page(parties.vo, "exchange", due.exchange_id)


def test_an_instalment_is_taken_back_by_the_support_office(parties: Parties, due: Payment) -> None:
    builders.send(
        parties.vop_coordinator, "payment_pay", due.exchange_id, paid_on="2026-10-01", amount="15", reference="Part 1"
    )
    taken = {"instalment": due.instalments.get().pk, "reason": "It came back."}
    assert builders.send(parties.vop_coordinator, "payment_take_back", due.exchange_id, taken).status_code == 403
    assert builders.send(parties.so, "payment_take_back", due.exchange_id, taken).status_code == 302
    assert Payment.objects.get().paid_amount == 0


def test_an_account_of_several_or_of_another_country_is_pointed_out(parties: Parties, due: Payment) -> None:
    FinancialAgreement.objects.update(iban="BE71096123456769")
    other = lifecycle.in_preparation(with_another_visitor(parties))
    FinancialAgreement.objects.filter(exchange=other).update(iban="BE71096123456769")
    abroad, shared = "another country (Belgium) than the payee (Spain)", "has named the same account"
    for who, expected in ((parties.vop_coordinator, True), (parties.so, True), (parties.vo, False)):
        for shown in (
            builders.page(who, "exchange", due.exchange_id),
            builders.page(who, "exchange", other.pk) if expected else "",
        ):
            assert (abroad in shown, shared in shown) == (expected and bool(shown), expected and bool(shown))
    assert shared in builders.page(parties.vop_coordinator, "payment_pay", due.exchange_id)
    assert shared in builders.page(parties.so, "validation_visit", other.visit_id)


def test_feedback_is_read_by_the_other_side_when_both_are_in(parties: Parties, ended: Exchange) -> None:
    assert builders.send(parties.vo, "feedback_give", ended.pk, rating="5", text="Well prepared.").status_code == 302
    assert "Well prepared." not in builders.page(parties.ho, "exchange", ended.pk)
    assert list(builders.errors(builders.send(parties.ho, "feedback_give", ended.pk, rating="6"))) == ["rating"]
    builders.send(parties.ho, "feedback_give", ended.pk, rating="4", text="Good questions.")
    assert "Well prepared." in builders.page(parties.ho, "exchange", ended.pk)
    assert "Good questions." in builders.page(parties.vo, "exchange", ended.pk)


def test_feedback_is_offered_only_while_it_can_be_given(parties: Parties, ended: Exchange) -> None:
    offer = reverse("feedback_give", args=[ended.pk])
    with clock.at(datetime(2026, 9, 29, 9, 0, tzinfo=UTC)):
        assert offer not in builders.page(parties.vo, "exchange", ended.pk)
        assert client_for(parties.vo).get(offer).status_code == 409
    assert (
        offer in builders.page(parties.vo, "exchange", ended.pk),
        client_for(parties.vo).get(offer).status_code,
    ) == (
        True,
        200,
    )
    builders.send(parties.vo, "feedback_give", ended.pk, rating="5", text="Well prepared.")
    assert offer in builders.page(parties.vo, "exchange", ended.pk)
    builders.send(parties.ho, "feedback_give", ended.pk, rating="4", text="Good questions.")
    assert offer not in builders.page(parties.vo, "exchange", ended.pk)
    assert client_for(parties.vo).get(offer).status_code == 409


def test_the_report_says_what_belongs_in_each_field_and_what_is_needed(parties: Parties, ended: Exchange) -> None:
    page = client_for(parties.vo).get(reverse("report_edit", args=[ended.pk]))
    assert [str(field.label) for field in page.context["form"].fields.values() if not field.help_text] == []
    assert page.content.decode().count("Needed before you submit the report.") == len(FinalActivityReport.COMPULSORY)


def test_the_forms_of_documents_say_what_belongs_in_each_field_and_what_is_needed(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    for name, key in (("own_edit", exchange.pk), ("agreement_edit", exchange.pk), ("shared_edit", exchange.visit_id)):
        page = client_for(parties.vo if name != "shared_edit" else parties.ho).get(reverse(name, args=[key]))
        fields = page.context["form"].fields.values()
        assert [str(field.label) for field in fields if not field.help_text] == []
        assert "Needed before validation." in page.content.decode()


def test_what_is_over_asks_for_no_more_papers(parties: Parties) -> None:
    exchange = completion.closed(parties)
    open_still, scans = reverse("evidence_upload", args=[exchange.pk]), reverse("exchange_sign", args=[exchange.pk])
    page = builders.page(parties.vo, "exchange", exchange.pk)
    assert (open_still in page, scans in page) == (True, False)
    with clock.at(AFTER):
        completion.pay(Payment.objects.get(exchange=exchange), parties.vop_coordinator)
    assert open_still not in builders.page(parties.vo, "exchange", exchange.pk)
