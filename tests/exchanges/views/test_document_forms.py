"""An exchange's documents: own part, Financial Agreement, signatures on paper, files."""

import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from cxc.workflow import perform
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, FinancialAgreement, OwnPart, Signature
from exchanges.services.signatures import sign_on_paper
from tests.exchanges.views import builders
from tests.factories.clients import client_for
from tests.factories.parties import Parties, with_another_visitor
from tests.files import pdf_of
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db


def own_of(exchange: Exchange) -> OwnPart:
    return OwnPart.objects.get(exchange=exchange)


def test_the_own_part_is_written_and_shown(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    texts = {**lifecycle.OWN_TEXTS, "follow_up_months": "6", "version_read": own_of(exchange).row_version}
    assert builders.send(parties.vo, "own_edit", exchange.pk, texts).status_code == 302
    assert lifecycle.OWN_TEXTS["objectives"] in builders.page(parties.ho, "exchange", exchange.pk)


def test_follow_up_is_after_2_to_12_months(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    texts = {**lifecycle.OWN_TEXTS, "follow_up_months": "13", "version_read": own_of(exchange).row_version}
    response = builders.send(parties.vo, "own_edit", exchange.pk, texts)
    assert list(builders.errors(response)) == ["follow_up_months"]
    assert lifecycle.OWN_TEXTS["objectives"] in response.content.decode()


def test_an_edit_without_the_version_it_read_overwrites_nothing(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    response = builders.send(parties.vo, "own_edit", exchange.pk, lifecycle.OWN_TEXTS, follow_up_months="6")
    assert list(builders.errors(response)) == ["__all__"]
    assert own_of(exchange).objectives == ""


def test_payee_and_iban_are_entered_and_a_wrong_iban_comes_back(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    agreement = FinancialAgreement.objects.get(exchange=exchange)
    typed = {"payee": "The visitor", "payment_terms": "", "version_read": agreement.row_version}
    assert list(builders.errors(builders.send(parties.vo, "agreement_edit", exchange.pk, typed, iban="ES00"))) == [
        "iban"
    ]
    assert builders.send(parties.vo, "agreement_edit", exchange.pk, typed, iban=lifecycle.IBAN).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.payee, agreement.iban) == ("The visitor", lifecycle.IBAN)


def test_the_partnership_sets_the_amount(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    assert list(
        builders.errors(builders.send(parties.vop_coordinator, "agreement_amount", exchange.pk, amount="-1"))
    ) == ["amount"]
    assert builders.send(parties.vop_coordinator, "agreement_amount", exchange.pk, amount="400").status_code == 302
    assert builders.fresh(exchange).agreed_lump_sum == Decimal(400)


def signing(actor_user: object, party: str, **more: object) -> dict[str, object]:
    return {"signer": f"{party}:{actor_user.pk}", "signed_on": "2026-09-07", "scan": builders.upload(), **more}  # type: ignore[attr-defined]


def test_the_visitor_signs_both_papers_with_one_scan(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    response = builders.send(
        parties.vo, "exchange_sign", exchange.pk, signing(parties.vo.user, "vo", documents=["ctq", "fa"])
    )
    assert response.status_code == 302
    signatures = Signature.objects.order_by("pk")
    assert [(row.party, row.version.kind) for row in signatures] == [("vo", "ctq"), ("vo", "fa")]
    assert len({row.file_id for row in signatures}) == 1
    assert all(row.sha256 for row in signatures)


def test_a_partnership_hands_in_its_visitors_signature(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    builders.send(
        parties.vop_coordinator, "exchange_sign", exchange.pk, signing(parties.vo.user, "vo", documents=["ctq"])
    )
    assert Signature.objects.get().signer == parties.vo.user


def test_nobody_signs_for_a_body_that_is_not_offered_to_them(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    response = builders.send(
        parties.ho, "exchange_sign", exchange.pk, signing(parties.vo.user, "vo", documents=["ctq"])
    )
    assert list(builders.errors(response)) == ["signer"]
    assert Signature.objects.count() == 0


def test_a_host_is_not_offered_the_financial_agreement(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    response = builders.send(parties.ho, "exchange_sign", exchange.pk, signing(parties.ho.user, "ho", documents=["fa"]))
    assert list(builders.errors(response)) == ["documents"]


def test_the_support_office_is_offered_the_agreement_only_while_the_exchange_is_ongoing(parties: Parties) -> None:
    """Before, visitor and Partnership write it: no button that needs the exchange to be ongoing."""
    exchange = lifecycle.in_preparation(parties)
    assert "The exchange is ongoing." not in builders.page(parties.so, "exchange", exchange.pk)


def test_no_document_is_chosen_beforehand_and_who_has_signed_shows(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    lifecycle.sign(parties, DocumentVersion.objects.get(kind="ctq"), Party.VO)
    page = builders.page(parties.vop_coordinator, "exchange_sign", exchange.pk)
    assert f"{parties.vo.user} has already signed for {parties.visitor} on 7 Sep 2026." in html.unescape(page)
    ticks = re.findall(r'<input[^>]* name="documents"[^>]*>', page)
    assert (len(ticks), [tick for tick in ticks if "checked" in tick]) == (2, [])


def test_what_a_party_has_signed_is_not_offered_again_and_a_second_tab_is_told_who_signed(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    for expected in (302, 400):
        response = builders.send(
            parties.vo, "exchange_sign", exchange.pk, signing(parties.vo.user, "vo", documents=["ctq"])
        )
        assert response.status_code == expected
    assert "has already signed for" in builders.errors(response)["__all__"][0]
    assert re.findall(
        r'name="documents"[^>]* value="(\w+)"', builders.page(parties.vo, "exchange_sign", exchange.pk)
    ) == ["fa"]


def test_a_signature_before_its_version_was_made_is_refused_with_the_day(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    typed = signing(parties.vo.user, "vo", documents=["ctq"]) | {"signed_on": "2026-09-01"}
    response = builders.send(parties.vo, "exchange_sign", exchange.pk, typed)
    assert "can't have been signed then" in builders.errors(response)["__all__"][0]


def test_a_scan_that_is_no_paper_comes_back(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    typed = signing(parties.vo.user, "vo", documents=["ctq"]) | {"scan": builders.upload(b"MZ not a paper")}
    assert list(builders.errors(builders.send(parties.vo, "exchange_sign", exchange.pk, typed))) == ["scan"]


def test_a_scan_of_both_papers_is_not_the_hosts_to_open(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    builders.send(parties.vo, "exchange_sign", exchange.pk, signing(parties.vo.user, "vo", documents=["ctq", "fa"]))
    address = reverse("scan", args=[Signature.objects.get(version__kind="ctq").pk])
    assert client_for(parties.ho).get(address).status_code == 403
    assert address not in builders.page(parties.ho, "exchange", exchange.pk)
    assert address in builders.page(parties.vop_coordinator, "exchange", exchange.pk)


def test_a_scan_that_holds_other_visitors_papers_is_not_one_visitors_to_open(parties: Parties) -> None:
    first = lifecycle.validated_documents(parties, builders.roomy(parties))
    second = with_another_visitor(parties)
    lifecycle.validated_documents(second, lifecycle.joined(second, first.visit))
    sign_on_paper(
        versions=list(DocumentVersion.objects.filter(kind="ctq")),
        party="ho",
        signer=parties.ho.user,
        signed_on=lifecycle.NOW.date(),
        scan=lifecycle.scan(),
        by=parties.ho,
    )
    address = reverse("scan", args=[Signature.objects.filter(version__exchange=first).get().pk])
    answers = [client_for(actor).get(address) for actor in (parties.vo, parties.hop_coordinator)]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert b"".join(answers[1]) == b"%PDF-1.7 scan"


def test_a_version_whose_pdf_is_not_made_yet_says_so(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    shared = lifecycle.submitted_shared_part(parties, exchange.visit)
    perform(shared, "validate", by=parties.so)
    perform(lifecycle.submitted_own_part(parties, exchange), "validate", by=parties.so)
    response = client_for(parties.vo).get(DocumentVersion.objects.get(kind="ctq").get_absolute_url())
    assert response.status_code == 202


def test_the_stored_file_is_sent_as_it_was_made(parties: Parties) -> None:
    lifecycle.validated_documents(parties, builders.roomy(parties))
    version = DocumentVersion.objects.get(kind="fa")
    response = client_for(parties.vo).get(version.get_absolute_url())
    assert b"".join(response) == pdf_of(str(version))
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.pdf
@pytest.mark.parametrize("kind", ["ctq", "fa"])
def test_a_preview_is_made_at_once(parties: Parties, kind: str) -> None:
    exchange = builders.roomy(parties)
    response = client_for(parties.vo).get(reverse("document_draft", args=[kind, exchange.pk]))
    assert response.content.startswith(b"%PDF")
    assert client_for(parties.ho).get(reverse("document_draft", args=["fa", exchange.pk])).status_code == 403


@pytest.mark.parametrize(
    ("who", "name", "button"),
    [
        ("vop", "exchange_plan", "Change the plan"),
        ("vop", "exchange_agreed", "Save the figures"),
        ("vo", "own_edit", "Save"),
        ("vo", "agreement_edit", "Save"),
        ("vop", "agreement_amount", "Save the amount"),
        ("so", "exchange_ceiling", "Set the ceiling"),
        ("vo", "exchange_sign", "Hand in the scan"),
    ],
)
def test_a_forms_button_says_what_it_does(parties: Parties, who: str, name: str, button: str) -> None:
    exchange = builders.roomy(parties)
    actor = {"vo": parties.vo, "vop": parties.vop_coordinator, "so": parties.so}[who]
    assert f'<button class="btn btn-primary">{button}</button>' in builders.page(actor, name, exchange.pk)


def test_a_version_is_named_where_its_pdf_is_opened(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    assert "Version 1 as validated, for signing (PDF)</a>" in builders.page(parties.vo, "exchange", exchange.pk)


def offered(parties: Parties, exchange: Exchange) -> dict[str, bool]:
    """Which documents the visitor's page of the exchange links to."""
    page = builders.page(parties.vo, "exchange", exchange.pk)
    ctq, fa = (exchange.document_versions.filter(kind=kind).last() for kind in ("ctq", "fa"))
    scan = Signature.objects.filter(version__exchange=exchange, party="vo").first()
    addresses = {
        "draft": reverse("document_draft", args=["ctq", exchange.pk]),
        "draft of the agreement": reverse("document_draft", args=["fa", exchange.pk]),
        "reading copy": ctq and reverse("document_reading", args=[ctq.pk]),
        "reading copy of the agreement": fa and reverse("document_reading", args=[fa.pk]),
        "as validated": ctq and ctq.get_absolute_url(),
        "signed original": scan and reverse("scan", args=[scan.pk]),
    }
    return {name: bool(address) and f'"{address}"' in page for name, address in addresses.items()}


DRAFTS = {"draft", "draft of the agreement"}
COPIES = {"reading copy", "reading copy of the agreement", "as validated"}


def test_the_page_offers_the_draft_the_reading_copy_and_the_signed_original_that_there_are(parties: Parties) -> None:
    exchange = builders.roomy(parties)
    found = [offered(parties, exchange)]
    lifecycle.validated_documents(parties, exchange)
    found.append(offered(parties, exchange))
    perform(OwnPart.objects.get(exchange=exchange), "revise", by=parties.vo)
    found.append(offered(parties, exchange))
    assert [{name for name, is_there in state.items() if is_there} for state in found] == [
        DRAFTS,
        COPIES,
        COPIES | {"draft"},
    ]


def test_what_is_signed_is_offered_as_reading_copy_and_as_signed_original(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    assert {name for name, is_there in offered(parties, exchange).items() if is_there} == COPIES | {"signed original"}
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill")
    assert "Reading copy of version 1, marked CANCELLED</a>" in builders.page(parties.vo, "exchange", exchange.pk)


def test_the_draft_of_what_stands_leads_to_its_reading_copy(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, builders.roomy(parties))
    ctq, agreement = DocumentVersion.objects.get(kind="ctq"), DocumentVersion.objects.get(kind="fa")
    places = [
        client_for(parties.vo).get(reverse("document_draft", args=[kind, exchange.pk])).headers["Location"]
        for kind in ("ctq", "fa")
    ]
    assert places == [reverse("document_reading", args=[version.pk]) for version in (ctq, agreement)]
