"""The Financial Agreement: payee, IBAN, amount, versions, and the IBAN's end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cxc import clock
from cxc.core.models import StoredFile
from cxc.workflow import NotAllowed, Refused, RequirementsUnmet, Stale, perform
from exchanges import iban
from exchanges.documents import printed
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement
from exchanges.services import bank_details_erasure as service
from profiles.enums import Modality
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import IBAN, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def agreement_of(exchange: Exchange) -> FinancialAgreement:
    return FinancialAgreement.objects.get(exchange=exchange)


def test_a_virtual_exchange_has_none(parties: Parties) -> None:
    lifecycle.in_preparation(parties, Modality.VIRTUAL)
    assert FinancialAgreement.objects.count() == 0


def test_the_iban_is_kept_without_spaces(parties: Parties) -> None:
    agreement = agreement_of(lifecycle.in_preparation(parties))
    perform(agreement, "edit", by=parties.vo, version_read=1, fields={"iban": "es91 2100 0418 4502 0005 1332"})
    assert (agreement.iban, iban.grouped(agreement.iban)) == (IBAN, "ES91 2100 0418 4502 0005 1332")


@pytest.mark.parametrize("wrong", ["ES9121000418450200051333", "ES91", "nonsense", "XX9121000418450200051332"])
def test_a_wrong_iban_is_refused(parties: Parties, wrong: str) -> None:
    agreement = agreement_of(lifecycle.in_preparation(parties))
    with pytest.raises(Refused):
        perform(agreement, "edit", by=parties.vo, version_read=1, fields={"iban": wrong})
    assert agreement_of(agreement.exchange).iban == ""


ARMENIAN = {"payee": "Ararat", "account_number": " 2050 0225 1010 ", "bic": "armnam22", "bank_name": "A bank"}


def test_in_a_country_without_ibans_account_number_bic_and_bank_are_asked() -> None:
    people.generation().countries.add("AM")
    parties = usual_parties(visitor_country="AM")
    agreement = agreement_of(lifecycle.in_preparation(parties))
    assert agreement.missing_bank_details() == ["account_number", "bic", "bank_name"]
    perform(agreement, "edit", by=parties.vo, version_read=1, fields=ARMENIAN)
    assert (agreement.missing_bank_details(), agreement.account_number, agreement.bic) == (
        [],
        "2050 0225 1010",
        "ARMNAM22",
    )
    perform(agreement, "submit", by=parties.vop_coordinator)
    assert agreement.state == "ready"


def test_an_account_is_an_iban_or_an_account_number_and_its_bic_is_checked(parties: Parties) -> None:
    agreement = agreement_of(lifecycle.in_preparation(parties))
    for wrong, why in (({"iban": IBAN, "account_number": "1"}, "not both"), ({"bic": "KRED"}, "8 or 11")):
        with pytest.raises(Refused, match=why):
            perform(agreement, "edit", by=parties.vo, version_read=1, fields=wrong)
    with pytest.raises(IntegrityError, match="agreement_one_account"), transaction.atomic():
        FinancialAgreement.objects.filter(pk=agreement.pk).update(iban=IBAN, account_number="1")


@pytest.mark.parametrize("who", ["ho", "hop_coordinator"])
def test_the_hosts_side_has_no_part_in_it(parties: Parties, who: str) -> None:
    agreement = agreement_of(lifecycle.in_preparation(parties))
    with pytest.raises(NotAllowed):
        perform(agreement, "edit", by=getattr(parties, who), version_read=1, fields={"payee": "Me"})


def test_stale_payee_carries_both(parties: Parties) -> None:
    agreement = agreement_of(lifecycle.in_preparation(parties))
    perform(agreement_of(agreement.exchange), "edit", by=parties.vo, version_read=1, fields={"payee": "Theirs"})
    with pytest.raises(Stale) as stale:
        perform(agreement, "edit", by=parties.vop_coordinator, version_read=1, fields={"payee": "Mine"})
    assert (stale.value.current.payee, stale.value.mine) == ("Theirs", {"payee": "Mine"})


def test_without_iban_it_is_not_ready(parties: Parties) -> None:
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(agreement_of(lifecycle.in_preparation(parties)), "submit", by=parties.vop_coordinator)
    assert [gap.name for gap in refusal.value.unmet] == ["payee_given"]


def test_the_amount_is_the_agreed_lump_sum_within_the_ceiling(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    agreement = agreement_of(exchange)
    perform(agreement, "set_amount", by=parties.vop_coordinator, amount=Decimal(830))
    with pytest.raises(RequirementsUnmet, match="ceiling"):
        perform(agreement, "set_amount", by=parties.vop_coordinator, amount=Decimal("830.01"))
    exchange.refresh_from_db()
    assert exchange.agreed_lump_sum == 830
    with pytest.raises(NotAllowed):
        perform(agreement, "set_amount", by=parties.vo, amount=Decimal(1))


def test_a_version_keeps_the_content_without_the_iban(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = DocumentVersion.objects.get(kind="fa")
    assert (version.number, version.terms.amount, version.terms.ceiling, version.terms.iban) == (1, 415, 830, IBAN)
    assert IBAN not in str(version.content)
    assert exchange.frozen_ceiling == 830
    found = printed.of_version(version)
    assert (found.iban, found.amount, found.ceiling) == (iban.grouped(IBAN), Decimal("415.00"), Decimal("830.00"))
    steps = [(step.from_days, step.to_days, step.percent) for step in found.pay_out_rule]
    assert steps == [(3, 4, 50), (5, None, 100)]


def test_another_amount_begins_a_new_version_and_looks_the_ceiling_up_anew(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    figures = {"start": exchange.agreed_start, "end": exchange.agreed_end, "sector": None}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, lump_sum=Decimal(400), **figures)
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.agreement.state, exchange.own_part.state, exchange.frozen_ceiling) == ("draft", "signed", None)
    perform(exchange.agreement, "submit", by=parties.vop_coordinator)
    perform(exchange.agreement, "validate", by=parties.so)
    versions = DocumentVersion.objects.filter(kind="fa").order_by("number")
    assert [(version.number, version.terms.amount) for version in versions] == [(1, 415), (2, 400)]
    assert len(exchange.agreement.parties_still_to_sign()) == 2


def test_a_higher_ceiling_begins_a_new_version_that_says_why(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    perform(exchange, "raise_ceiling", by=parties.so, reason="An island", ceiling=Decimal(1000))
    agreement = agreement_of(exchange)
    perform(agreement, "submit", by=parties.vop_coordinator)
    perform(agreement, "validate", by=parties.so)
    version = agreement.current_version
    assert (version.number, version.terms.ceiling, version.content["ceiling_reason"]) == (2, 1000, "An island")


def test_returned_is_edited_and_submitted_again(parties: Parties) -> None:
    agreement = lifecycle.submitted_agreement(parties, lifecycle.in_preparation(parties))
    perform(agreement, "send_back", by=parties.so, reason="Whose account?")
    assert (agreement.state, agreement.comments) == ("returned", "Whose account?")
    perform(agreement, "edit", by=parties.vo, version_read=agreement.row_version, fields={"payee": "The visitor"})
    perform(agreement, "submit", by=parties.vop_coordinator)
    assert perform(agreement, "validate", by=parties.so).version == 1
    assert DocumentVersion.objects.filter(kind="fa").count() == 1


def test_while_ongoing_only_the_support_office_begins_a_version(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    agreement = agreement_of(exchange)
    with pytest.raises(RequirementsUnmet):
        perform(agreement, "revise", by=parties.vop_coordinator)
    perform(agreement, "revise_while_ongoing", by=parties.so, reason="Less was agreed")
    with pytest.raises(RequirementsUnmet):
        perform(agreement, "set_amount", by=parties.vop_coordinator, amount=Decimal(300))
    perform(agreement, "set_amount", by=parties.so, amount=Decimal(300))
    perform(agreement, "submit", by=parties.so)
    perform(agreement, "validate", by=parties.so)
    lifecycle.sign(parties, lifecycle.with_pdf(agreement.current_version), "vo", "vop")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.version, agreement.is_support_office_version) == ("signed", 2, False)
    assert Exchange.objects.get(pk=exchange.pk).agreed_lump_sum == 300


def test_a_lower_amount_while_ongoing_asks_for_the_payable_again(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with clock.at(NOW + timedelta(days=40)):
        perform(exchange, "accept_payable", by=parties.vop_coordinator)
        assert exchange.payable == 415
        agreement = agreement_of(exchange)
        perform(agreement, "revise_while_ongoing", by=parties.so, reason="Less was agreed")
        perform(agreement, "set_amount", by=parties.so, amount=Decimal(300))
    exchange.refresh_from_db()
    assert (exchange.payable, exchange.payable_accepted_at) == (None, None)


# --- the IBAN's end ------------------------------------------------------------------------------------------


def test_ninety_days_after_cancelling_the_iban_is_erased(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    perform(agreement_of(exchange), "revise", by=parties.vop_coordinator)
    agreement = agreement_of(exchange)
    known = {"version_read": agreement.row_version, "fields": {"bic": "CAIXESBB"}}
    perform(agreement, "edit", by=parties.vo, **known)
    perform(agreement, "submit", by=parties.vop_coordinator)
    perform(agreement, "validate", by=parties.so)
    unsigned = lifecycle.with_pdf(agreement.current_version).pdf
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill")
    with clock.at(NOW + timedelta(days=89, hours=23)):
        assert service.agreements_to_erase() == []
        with pytest.raises(RequirementsUnmet):
            service.erase_iban(agreement)
    with clock.at(NOW + timedelta(days=90)):
        assert service.agreements_to_erase() == [agreement]
        service.erase_iban(agreement)
        assert service.agreements_to_erase() == []
    versions = list(DocumentVersion.objects.filter(kind="fa").order_by("number"))
    assert [(v.terms.iban, v.terms.bic, v.pdf_id is not None) for v in versions] == [("", "", True), ("", "", False)]
    agreement = agreement_of(exchange)
    assert (agreement.iban, agreement.bic, StoredFile.objects.filter(pk=unsigned.pk).exists()) == ("", "", False)


def test_an_exchange_that_stands_keeps_its_iban(parties: Parties) -> None:
    agreement = agreement_of(lifecycle.signed(parties))
    with clock.at(NOW + timedelta(days=200)), pytest.raises(RequirementsUnmet):
        service.erase_iban(agreement)
    assert agreement_of(agreement.exchange).iban == IBAN


def test_reopened_after_the_erasure_the_account_is_entered_anew(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill")
    with clock.at(NOW + timedelta(days=90)):
        service.erase_iban(agreement_of(exchange))
        perform(exchange, "reopen_cancelled", by=parties.so, reason="Well again")
        agreement = agreement_of(exchange)
        assert (agreement.state, agreement.version) == ("draft", 2)
        perform(agreement, "edit", by=parties.vo, version_read=agreement.row_version, fields={"iban": IBAN})
    assert (agreement.iban, agreement.iban_erased_at) == (IBAN, None)
