"""One version of a document read and signed on the screen, declined, passed to a colleague, or signed elsewhere."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cxc.access.scoped import Actor, Rank
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused, perform
from cxc.workflow.models import StateEvent
from exchanges.enums import CTQ_PARTIES, Party
from exchanges.models import DocumentVersion, Exchange, OwnPart, Signature
from profiles.models import Membership
from tests.exchanges.views import builders
from tests.factories import people
from tests.factories.clients import client_for, confirm
from tests.factories.parties import Parties
from tests.files import pdf_of
from tests.scenarios import lifecycle
from tests.seals.signing_software import signed

pytestmark = pytest.mark.django_db
CONFIRMED_BEFORE = 3 * 3600


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return lifecycle.validated_documents(parties, builders.roomy(parties))


@pytest.fixture
def ctq(exchange: Exchange) -> DocumentVersion:
    return DocumentVersion.objects.get(exchange=exchange, kind="ctq")


@pytest.fixture
def fa(exchange: Exchange) -> DocumentVersion:
    return DocumentVersion.objects.get(exchange=exchange, kind="fa")


def test_the_page_shows_the_pages_with_their_text_and_who_has_signed(parties: Parties, ctq: DocumentVersion) -> None:
    lifecycle.sign(parties, ctq, Party.HO)
    shown = builders.page(parties.vo, "document_sign", ctq.pk)
    assert reverse("document_page", args=[ctq.pk, 1]) in shown
    assert "Text of page 1" in shown
    assert f"{parties.ho.user.full_name}" in shown
    assert shown.count("not signed yet") == 3
    assert f"I sign it for {parties.visitor}" in shown


def test_a_page_is_a_picture_for_who_may_read_the_document(parties: Parties, fa: DocumentVersion) -> None:
    address = reverse("document_page", args=[fa.pk, 1])
    answer = client_for(parties.vo).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert client_for(parties.ho).get(address).status_code == 403
    assert client_for(parties.vo).get(reverse("document_page", args=[fa.pk, 9])).status_code == 404


def test_four_sign_on_the_screen(parties: Parties, exchange: Exchange, ctq: DocumentVersion) -> None:
    for actor in (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator):
        answer = builders.send(actor, "document_sign", ctq.pk, {"read": "on"})
        assert answer["Location"] == reverse("document_sign", args=[ctq.pk])
    assert {row.method for row in Signature.objects.all()} == {"screen"}
    assert [row.party for row in Signature.objects.order_by("pk")] == ["vo", "ho", "vop", "hop"]
    exchange.own_part.refresh_from_db()
    assert exchange.own_part.state == "signed"
    assert "has already signed for" in builders.page(parties.vo, "document_sign", ctq.pk)


def test_nothing_is_signed_without_the_tick(parties: Parties, ctq: DocumentVersion) -> None:
    assert list(builders.errors(builders.send(parties.vo, "document_sign", ctq.pk))) == ["read"]
    assert not Signature.objects.exists()


def test_whoever_signs_confirms_who_they_are_first(parties: Parties, ctq: DocumentVersion) -> None:
    client = client_for(parties.vo)
    confirm(client, parties.vo, seconds_ago=CONFIRMED_BEFORE)
    answer = client.post(reverse("document_sign", args=[ctq.pk]), {"read": "on"})
    assert reverse("account_reauthenticate") in answer["Location"]
    assert not Signature.objects.exists()


def test_the_second_of_two_people_of_one_party_is_told_who_has_signed(parties: Parties, ctq: DocumentVersion) -> None:
    colleague = people.member(parties.visitor, signs=True)
    builders.send(parties.vo, "document_sign", ctq.pk, {"read": "on"})
    answer = builders.send(colleague, "document_sign", ctq.pk, {"read": "on"})
    assert f"{parties.vo.user.full_name} has already signed" in builders.errors(answer)["__all__"][0]
    assert Signature.objects.count() == 1


def test_who_is_no_signatory_reads_only(parties: Parties, ctq: DocumentVersion) -> None:
    Membership.objects.filter(user=parties.vo.user).update(is_signatory=False)
    shown = builders.page(parties.vo, "document_sign", ctq.pk)
    assert 'name="read"' not in shown
    assert "Hand in a signature on paper" in shown
    assert builders.send(parties.vo, "document_sign", ctq.pk, {"read": "on"}).status_code == 403
    assert builders.send(parties.so, "document_sign", ctq.pk, {"read": "on"}).status_code == 403


def test_a_version_that_was_replaced_says_so(parties: Parties, exchange: Exchange, ctq: DocumentVersion) -> None:
    perform(exchange.own_part, "revise", by=parties.vop_coordinator)
    shown = builders.page(parties.vo, "document_sign", ctq.pk)
    assert "It is not validated: a new version is being written." in shown
    assert 'name="read"' not in shown


def test_the_exchange_leads_a_signatory_to_what_waits(
    parties: Parties, ctq: DocumentVersion, fa: DocumentVersion
) -> None:
    address = reverse("exchange", args=[ctq.exchange_id])
    assert client_for(parties.vo).get(address).content.decode().count("Read and sign") == 2
    builders.send(parties.vo, "document_sign", fa.pk, {"read": "on"})
    assert client_for(parties.vo).get(address).content.decode().count("Read and sign") == 1


def test_the_to_do_leads_to_the_document(parties: Parties, ctq: DocumentVersion) -> None:
    for actor in (parties.vo, parties.ho, parties.vop_coordinator, parties.hop_coordinator):
        assert reverse("document_sign", args=[ctq.pk]) in client_for(actor).get(reverse("todo")).content.decode()
    assert len(CTQ_PARTIES) == 4


# --- declining, and passing to a colleague -----------------------------------------------------------


def decline(actor: Actor, own: OwnPart, reason: str = "The agenda leaves no time for questions.") -> Any:
    return builders.send_transition(actor, "exchanges.ownpart", own.pk, "decline", reason=reason)


def test_declining_returns_the_document_and_tells_all_also_those_who_had_signed(
    parties: Parties, exchange: Exchange, ctq: DocumentVersion
) -> None:
    lifecycle.sign(parties, ctq, Party.VO, Party.VOP)
    Mail.objects.all().delete()
    assert decline(parties.ho, exchange.own_part).status_code == 302
    exchange.own_part.refresh_from_db()
    assert exchange.own_part.state == "returned"
    told = Mail.objects.filter(subject__contains="A signature was declined")
    everybody = (parties.vo, parties.vop_coordinator, parties.hop_coordinator)
    assert {mail.to_user for mail in told} == {actor.user for actor in everybody}
    text = told.filter(to_user=parties.vo.user).get().text
    assert f"{parties.ho.user.full_name} has declined to sign this document for {parties.host}" in text
    assert "The agenda leaves no time for questions." in text
    assert ctq.signatures.count() == 2


def test_after_declining_one_button_leads_back_to_editing_with_the_reason(parties: Parties, exchange: Exchange) -> None:
    decline(parties.ho, exchange.own_part)
    shown = builders.page(parties.vo, "exchange", exchange.pk)
    assert "The agenda leaves no time for questions." in shown
    assert reverse("own_edit", args=[exchange.pk]) in shown
    assert "The agenda leaves no time for questions." in builders.page(parties.vo, "own_edit", exchange.pk)


def test_the_next_version_is_signed_by_all_anew(parties: Parties, exchange: Exchange, ctq: DocumentVersion) -> None:
    lifecycle.sign(parties, ctq, Party.VO)
    decline(parties.ho, exchange.own_part)
    perform(exchange.own_part, "submit", by=parties.vop_coordinator)
    made = perform(exchange.own_part, "validate", by=parties.so).current_version
    assert (made.number, made.signed_parties(), ctq.signatures.count()) == (ctq.number + 1, set(), 1)


def test_who_has_signed_or_is_no_signatory_does_not_decline(
    parties: Parties, exchange: Exchange, ctq: DocumentVersion
) -> None:
    lifecycle.sign(parties, ctq, Party.HO)
    with pytest.raises(Refused, match="your party has already signed"):
        perform(exchange.own_part, "decline", by=parties.ho, reason="Too late.")
    with pytest.raises(NotAllowed):
        perform(exchange.own_part, "decline", by=replace(parties.vo, signatory=False), reason="Not mine to say.")
    declined = perform(exchange.own_part, "decline", by=replace(parties.vo, rank=Rank.READER), reason="Not like this.")
    assert declined.state == "returned"


def test_a_colleague_is_asked_by_a_mail_with_one_link(parties: Parties, ctq: DocumentVersion) -> None:
    colleague = people.member(parties.visitor, signs=True)
    assert "Pass to a colleague" in builders.page(parties.vo, "document_sign", ctq.pk)
    answer = builders.send(parties.vo, "document_colleague", ctq.pk, {"colleague": colleague.user.pk})
    assert answer.status_code == 302
    mail = Mail.objects.get(to_user=colleague.user, subject__contains="You are asked to sign")
    (path,) = re.findall(r"https?://[^/]+(/acting/\S+)", mail.text)
    opened = client_for(colleague).get(path)
    assert opened["Location"] == reverse("document_sign", args=[ctq.pk])
    event = StateEvent.of(ctq.exchange.own_part).filter(transition="pass_on").get()
    assert (event.by_user, event.details) == (parties.vo.user, {"colleague": colleague.user.pk})


def test_nobody_but_a_signatory_of_the_same_body_is_asked(parties: Parties, ctq: DocumentVersion) -> None:
    people.member(parties.visitor)
    assert "Pass to a colleague" not in builders.page(parties.vo, "document_sign", ctq.pk)
    for other in (parties.ho.user, parties.vo.user):
        answer = builders.send(parties.vo, "document_colleague", ctq.pk, {"colleague": other.pk})
        assert list(builders.errors(answer)) == ["colleague"]
    assert builders.send(parties.so, "document_colleague", ctq.pk).status_code == 403


# --- a file signed elsewhere -------------------------------------------------------------------------


def hand_in(actor: Actor, version: DocumentVersion, content: bytes, signer: Actor) -> Any:
    party = next(one for one in ("vo", "ho") if version.exchange.body_of(Party(one)).pk == signer.principal_id)
    typed = {"signer": f"{party}:{signer.user.pk}", "file": builders.upload(content)}
    return builders.send(actor, "document_signed_file", version.pk, typed)


def pdf_bytes(version: DocumentVersion) -> bytes:
    with version.pdf.file.open("rb") as file:
        return bytes(file.read())


def test_a_file_signed_elsewhere_is_recorded_with_its_issuer(
    parties: Parties, ctq: DocumentVersion, tmp_path: Path
) -> None:
    content = signed(pdf_bytes(ctq), tmp_path, who="Vera Visitor")
    answer = hand_in(parties.vop_coordinator, ctq, content, parties.vo)
    assert answer["Location"] == reverse("document_sign", args=[ctq.pk])
    row = Signature.objects.get()
    assert (row.method, row.party, row.signer) == ("elsewhere", "vo", parties.vo.user)
    assert "Vera Visitor" in row.issuer
    assert "Vera Visitor" in row.subject
    opened = client_for(parties.ho).get(reverse("scan", args=[row.pk]))
    assert b"".join(opened) == content


def test_another_file_is_refused_with_what_to_do(parties: Parties, ctq: DocumentVersion, tmp_path: Path) -> None:
    answer = hand_in(parties.vo, ctq, signed(pdf_of("Another document"), tmp_path), parties.vo)
    assert "Download it from this page" in builders.errors(answer)["__all__"][0]
    assert not Signature.objects.exists()


def test_nobody_signs_with_the_certificate_of_another(parties: Parties, ctq: DocumentVersion, tmp_path: Path) -> None:
    content = signed(pdf_bytes(ctq), tmp_path, who="Vera Visitor")
    hand_in(parties.vo, ctq, content, parties.vo)
    answer = hand_in(parties.ho, ctq, content, parties.ho)
    assert "has signed this document with this certificate" in builders.errors(answer)["__all__"][0]
    first = Signature.objects.get()
    columns = {one.attname: getattr(first, one.attname) for one in Signature._meta.concrete_fields}
    of_host = {**columns, "id": None, "party": "ho", "signer_id": parties.ho.user.pk, "principal_label": "The host"}
    with pytest.raises(IntegrityError, match="certificate_signs_for_one_person"), transaction.atomic():
        Signature.objects.create(**of_host)


def test_paper_screen_and_file_mix_on_one_document(
    parties: Parties, exchange: Exchange, ctq: DocumentVersion, tmp_path: Path
) -> None:
    hand_in(parties.vo, ctq, signed(pdf_bytes(ctq), tmp_path), parties.vo)
    lifecycle.sign(parties, ctq, Party.HO)
    for actor in (parties.vop_coordinator, parties.hop_coordinator):
        builders.send(actor, "document_sign", ctq.pk, {"read": "on"})
    exchange.own_part.refresh_from_db()
    assert exchange.own_part.state == "signed"
    assert {row.method for row in Signature.objects.all()} == {"paper", "screen", "elsewhere"}
