"""Signatures on paper and on the screen: who may, for whom, when, on what."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, InternalError, transaction

from cxc import clock
from cxc.access.confirmed_identity import Confirmation
from cxc.access.scoped import Actor, Rank
from cxc.core.models import StoredFile
from cxc.workflow import NotAllowed, Refused, perform
from cxc.workflow.models import StateEvent
from exchanges.documents import printed
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, OwnPart, Signature, SignatureMethods
from exchanges.services import signatures
from profiles.models import Membership, Organisation, PartnershipMembership
from profiles.queries.principals import actor_of
from profiles.services.members import set_joint_signatures
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TODAY = NOW.date()
Sign = Callable[..., list[Signature]]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def exchange(parties: Parties) -> Exchange:
    return lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))


@pytest.fixture
def ctq(exchange: Exchange) -> DocumentVersion:
    return DocumentVersion.objects.get(exchange=exchange, kind="ctq")


@pytest.fixture
def fa(exchange: Exchange) -> DocumentVersion:
    return DocumentVersion.objects.get(exchange=exchange, kind="fa")


@pytest.fixture
def sign(parties: Parties, ctq: DocumentVersion) -> Sign:
    """The visitor's signature on the CTQ today, unless told otherwise."""

    def with_changes(**changes: object) -> list[Signature]:
        usual = {
            "versions": [ctq],
            "party": Party.VO,
            "signer": parties.vo.user,
            "signed_on": TODAY,
            "scan": lifecycle.scan(),
            "by": parties.vo,
        }
        return signatures.sign_on_paper(**(usual | changes))

    return with_changes


def test_a_signature_says_who_for_whom_when_and_on_what(parties: Parties, ctq: DocumentVersion, sign: Sign) -> None:
    parties.vo.user.job_title = "Director"
    (row,) = sign()
    sentence = (row.party, row.principal_label, row.signer_name, row.signer_function, row.signed_on, row.sha256)
    assert sentence == ("vo", parties.visitor.legal_name, parties.vo.user.full_name, "Director", TODAY, ctq.pdf.sha256)
    assert (row.entered_by, row.version) == (parties.vo.user, ctq)


def test_an_upload_is_stored_with_its_hash(sign: Sign) -> None:
    (row,) = sign(scan=SimpleUploadedFile("ctq.pdf", b"%PDF-1.7 ink", content_type="application/pdf"))
    assert (row.file.name, row.file.size) == ("ctq.pdf", 12)
    assert StoredFile.objects.filter(sha256=row.file.sha256).count() == 1


def test_the_last_of_four_completes_the_ctq(parties: Parties, exchange: Exchange, ctq: DocumentVersion) -> None:
    lifecycle.sign(parties, ctq, Party.VO, Party.HO, Party.VOP)
    own = exchange.own_part
    own.refresh_from_db()
    assert (own.state, own.parties_still_to_sign()) == ("validated", ["Host's Partnership"])
    lifecycle.sign(parties, ctq, Party.HOP)
    own.refresh_from_db()
    assert (own.state, own.signed_at) == ("signed", NOW)
    assert StateEvent.of(own).last().side == "portal"


def test_the_agreement_is_signed_by_two(parties: Parties, exchange: Exchange, fa: DocumentVersion, sign: Sign) -> None:
    with pytest.raises(Refused, match="not signed by this party"):
        sign(versions=[fa], party=Party.HO, signer=parties.ho.user, by=parties.ho)
    lifecycle.sign(parties, fa, Party.VO, Party.VOP)
    exchange.agreement.refresh_from_db()
    assert exchange.agreement.state == "signed"


def test_one_scan_holds_the_signatures_for_several_versions(
    parties: Parties, ctq: DocumentVersion, fa: DocumentVersion, sign: Sign
) -> None:
    made = sign(versions=[fa, ctq])
    assert {row.version for row in made} == {ctq, fa}
    assert len({row.file_id for row in made}) == 1


def test_all_or_none(ctq: DocumentVersion, fa: DocumentVersion, sign: Sign) -> None:
    DocumentVersion.objects.filter(pk=fa.pk).update(pdf=None)
    with pytest.raises(Refused, match="PDF of this version is not made yet"):
        sign(versions=[ctq, fa])
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    ("party", "uploader", "allowed"),
    [
        (Party.VO, "vo", True),
        (Party.VO, "vop_coordinator", True),
        (Party.VO, "so", True),
        (Party.VO, "ho", False),
        (Party.VO, "hop_coordinator", False),
        (Party.HO, "ho", True),
        (Party.HO, "hop_coordinator", True),
        (Party.HO, "vop_coordinator", False),
        (Party.VOP, "vop_coordinator", True),
        (Party.VOP, "vo", False),
        (Party.HOP, "hop_coordinator", True),
        (Party.HOP, "ho", False),
        (Party.HOP, "so", True),
    ],
)
def test_the_party_its_partnership_or_the_support_office_hands_in_the_scan(
    parties: Parties, sign: Sign, party: Party, uploader: str, allowed: bool
) -> None:
    signer = {
        Party.VO: parties.vo,
        Party.HO: parties.ho,
        Party.VOP: parties.vop_coordinator,
        Party.HOP: parties.hop_coordinator,
    }[party]
    facts = {"party": party, "signer": signer.user, "by": getattr(parties, uploader)}
    if allowed:
        assert len(sign(**facts)) == 1
    else:
        with pytest.raises(NotAllowed):
            sign(**facts)
        assert Signature.objects.count() == 0


@pytest.mark.parametrize("who", ["reader", "stranger", "observer"])
def test_readers_and_strangers_hand_in_nothing(parties: Parties, sign: Sign, who: str) -> None:
    actors: dict[str, Callable[[], Actor]] = {
        "reader": lambda: people.member(parties.visitor, "reader", signs=True),
        "stranger": lambda: people.member(people.organisation("FR"), signs=True),
        "observer": people.observer,
    }
    with pytest.raises(NotAllowed):
        sign(by=actors[who]())


def test_only_a_registered_signatory_of_that_party_signs(parties: Parties, sign: Sign) -> None:
    gone = people.member(parties.visitor, signs=True).user
    assert gone is not None
    gone.is_active = False
    gone.save()
    for signer in (people.member(parties.visitor).user, parties.ho.user, parties.vop_coordinator.user, gone):
        with pytest.raises(Refused, match="not registered as a signatory"):
            sign(signer=signer)


def test_nobody_signs_one_document_for_two_bodies(parties: Parties, sign: Sign) -> None:
    assert parties.vo.user is not None
    PartnershipMembership.objects.create(
        partnership=parties.vop, user=parties.vo.user, role="coordinator", is_signatory=True
    )
    sign()
    with pytest.raises(Refused, match="nobody signs it for two bodies"):
        sign(party=Party.VOP, by=parties.vop_coordinator)


def test_the_database_lets_nobody_sign_for_two_bodies(sign: Sign) -> None:
    (given,) = sign()
    columns = {one.attname: getattr(given, one.attname) for one in Signature._meta.concrete_fields}
    second = {**columns, "id": None, "party": "ho", "principal_label": "The host"}
    with pytest.raises(IntegrityError, match="nobody signs a document for two bodies"), transaction.atomic():
        Signature.objects.create(**second)


def test_the_other_document_may_be_signed_for_the_other_body(parties: Parties, fa: DocumentVersion, sign: Sign) -> None:
    assert parties.vop_coordinator.user is not None
    Membership.objects.create(
        organisation=parties.visitor, user=parties.vop_coordinator.user, role="editor", is_signatory=True
    )
    sign(party=Party.VOP, signer=parties.vop_coordinator.user, by=parties.vop_coordinator)
    assert len(sign(versions=[fa], signer=parties.vop_coordinator.user)) == 1


@pytest.mark.parametrize(("day", "words"), [(-1, "can't have been signed then"), (1, "still to come")])
def test_not_before_the_version_and_not_in_the_future(sign: Sign, day: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        sign(signed_on=TODAY + timedelta(days=day))


def test_days_are_those_where_the_party_that_signs_is_at_home(parties: Parties, sign: Sign) -> None:
    late_evening = NOW.replace(hour=22, minute=30)
    Organisation.objects.filter(pk=parties.visitor.pk).update(country="PT")
    with clock.at(late_evening), pytest.raises(Refused, match="in Portugal it is"):
        sign(signed_on=date(2026, 9, 8))
    Organisation.objects.filter(pk=parties.visitor.pk).update(country="ES")
    with clock.at(late_evening):
        assert len(sign(signed_on=date(2026, 9, 8))) == 1


def test_a_replaced_version_is_not_signed(
    parties: Parties, exchange: Exchange, ctq: DocumentVersion, sign: Sign
) -> None:
    own = exchange.own_part
    perform(own, "revise", by=parties.vop_coordinator)
    with pytest.raises(Refused, match="a new version is being written"):
        sign()
    perform(own, "submit", by=parties.vop_coordinator)
    perform(own, "validate", by=parties.so)
    with pytest.raises(Refused, match="replaced by a later version"):
        sign()


def test_a_locked_paper_takes_no_signature() -> None:
    exchange = lifecycle.ready(usual_parties())
    version = exchange.own_part.current_version
    with pytest.raises(Refused, match="locked"):
        signatures.sign_on_paper(
            versions=[version],
            party=Party.VO,
            signer=people.member(exchange.organisation, signs=True).user,
            signed_on=TODAY,
            scan=lifecycle.scan(),
            by=people.support_office(),
        )


def test_a_party_signs_one_version_once(parties: Parties, ctq: DocumentVersion, sign: Sign) -> None:
    sign()
    sentence = f"{parties.vo.user} has already signed for {parties.visitor} on 7 Sep 2026."
    colleague = people.member(parties.visitor, signs=True)
    for again in ({}, {"signer": colleague.user}):
        with pytest.raises(Refused, match=re.escape(sentence)):
            sign(**again)
    assert ctq.signatures.count() == 1


def test_the_database_holds_one_signature_a_party_and_version(ctq: DocumentVersion, sign: Sign) -> None:
    (row,) = sign()
    row.pk = None
    with pytest.raises(IntegrityError, match="version_signed_once_by_a_party"), transaction.atomic():
        row.save()
    row.is_repeat = True
    row.save()
    assert ctq.signatures.count() == 2


def test_the_database_refuses_a_party_that_does_not_sign_the_document(fa: DocumentVersion, sign: Sign) -> None:
    (row,) = sign()
    row.pk, row.version, row.party = None, fa, Party.HO
    with pytest.raises(IntegrityError, match="by the parties that its version names"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("column", ["number", "kind", "parties", "content", "code"])
def test_the_database_refuses_to_change_what_was_validated(ctq: DocumentVersion, column: str) -> None:
    other = {"number": 9, "kind": "cta", "parties": ["vo"], "content": {}, "code": "2222-2222-2222-2222"}[column]
    with pytest.raises(DatabaseError, match=column), transaction.atomic():
        DocumentVersion.objects.filter(pk=ctq.pk).update(**{column: other})


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_signature(sign: Sign, change: str) -> None:
    (row,) = sign()
    rows = Signature.objects.filter(pk=row.pk)
    with pytest.raises(InternalError, match="only added"), transaction.atomic():
        rows.update(signer_name="Somebody") if change == "update" else rows.delete()


def test_one_partnership_on_both_sides_signs_once() -> None:
    parties = usual_parties()
    parties = replace(parties, hop=parties.vop, hop_coordinator=parties.vop_coordinator)
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    made = signatures.sign_on_paper(
        versions=[version],
        party=Party.HOP,
        signer=parties.vop_coordinator.user,
        signed_on=TODAY,
        scan=lifecycle.scan(),
        by=parties.vop_coordinator,
    )
    assert [row.party for row in made] == ["vop", "hop"]
    lifecycle.sign(parties, version, Party.VO, Party.HO)
    assert Exchange.objects.get(pk=exchange.pk).own_part.state == "signed"


# --- on the screen -----------------------------------------------------------------------------------

CONFIRMATION = Confirmation("totp", datetime(2026, 11, 29, 8, 30, tzinfo=UTC).timestamp())


def on_screen(version: DocumentVersion, by: Actor) -> list[Signature]:
    """The actor, who may sign for the body that they act for, signs on the screen."""
    return signatures.sign_on_screen(version, confirmation=CONFIRMATION, by=replace(by, signatory=True))


def test_on_the_screen_the_signature_names_the_confirmation_and_has_no_file(
    parties: Parties, ctq: DocumentVersion
) -> None:
    (row,) = on_screen(ctq, parties.vo)
    assert (row.method, row.party, row.signer, row.entered_by) == ("screen", "vo", parties.vo.user, parties.vo.user)
    assert (row.confirmed_by, row.confirmed_at.isoformat(), row.file) == ("totp", "2026-11-29T08:30:00+00:00", None)
    assert (row.sha256, row.signed_on) == (ctq.pdf.sha256, TODAY)


def test_paper_and_screen_mix_on_one_document(parties: Parties, exchange: Exchange, ctq: DocumentVersion) -> None:
    lifecycle.sign(parties, ctq, Party.HO)
    for actor in (parties.vo, parties.vop_coordinator, parties.hop_coordinator):
        on_screen(ctq, actor)
    exchange.own_part.refresh_from_db()
    assert exchange.own_part.state == "signed"


def test_a_signatory_who_only_reads_signs(parties: Parties, ctq: DocumentVersion) -> None:
    assert on_screen(ctq, replace(parties.vo, rank=Rank.READER))


def test_nobody_else_signs_on_the_screen(parties: Parties, ctq: DocumentVersion, fa: DocumentVersion) -> None:
    for actor in (parties.so, people.observer(), people.member(people.organisation("ES"))):
        with pytest.raises(NotAllowed, match="Only those who may sign"):
            on_screen(ctq, actor)
    with pytest.raises(NotAllowed, match="Only those who may sign"):
        signatures.sign_on_screen(ctq, confirmation=CONFIRMATION, by=replace(parties.vo, signatory=False))
    with pytest.raises(NotAllowed, match="Only those who may sign"):
        on_screen(fa, parties.ho)


def test_a_signatory_who_was_removed_meanwhile_does_not_sign(parties: Parties, ctq: DocumentVersion) -> None:
    Membership.objects.filter(user=parties.vo.user).update(is_signatory=False)
    with pytest.raises(Refused, match="not registered as a signatory"):
        on_screen(ctq, parties.vo)


def test_a_second_signature_on_the_screen_names_the_first(parties: Parties, ctq: DocumentVersion) -> None:
    lifecycle.sign(parties, ctq, Party.VO)
    with pytest.raises(Refused, match="has already signed for"):
        on_screen(ctq, parties.vo)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"method": "paper"}, "paper_signature_has_a_scan"),
        ({"confirmed_by": ""}, "screen_signature_is_confirmed"),
        ({"confirmed_at": None}, "screen_signature_is_confirmed"),
        ({"method": "elsewhere", "issuer": "A trust service"}, "signature_elsewhere_has_a_file"),
        ({"method": "click"}, "signature_has_a_known_method"),
    ],
)
def test_the_database_holds_what_each_method_needs(
    parties: Parties, ctq: DocumentVersion, changed: dict[str, object], constraint: str
) -> None:
    (row,) = on_screen(ctq, parties.vo)
    row.pk, row.party = None, Party.HO
    for name, value in changed.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


# --- two who sign jointly, and the ways that count ---------------------------------------------------


@pytest.fixture
def joint(parties: Parties) -> DocumentVersion:
    """A CTQ for which two people of the visitor sign."""
    people.member(parties.visitor, signs=True)
    set_joint_signatures(parties.visitor, by=parties.vo, are_joint=True)
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    return DocumentVersion.objects.get(exchange=exchange, kind="ctq")


def colleague_of(parties: Parties) -> Actor:
    other = Membership.objects.filter(organisation=parties.visitor, is_signatory=True).exclude(user=parties.vo.user)
    return actor_of(other.get().user)


def test_a_party_that_signs_jointly_has_signed_when_two_people_have(parties: Parties, joint: DocumentVersion) -> None:
    on_screen(joint, parties.vo)
    with pytest.raises(Refused, match="has already signed for"):
        on_screen(joint, parties.vo)
    assert Party.VO in DocumentVersion.objects.get(pk=joint.pk).unsigned_parties()
    lifecycle.sign(parties, joint, Party.HO, Party.VOP, Party.HOP)
    assert joint.exchange.own_part.state == "validated"
    (row,) = on_screen(joint, colleague_of(parties))
    assert (row.party, row.number) == ("vo", 2)
    assert OwnPart.objects.get(exchange=joint.exchange).state == "signed"
    with pytest.raises(Refused, match="has already signed for"):
        on_screen(joint, colleague_of(parties))


def test_a_version_keeps_how_many_sign(parties: Parties, joint: DocumentVersion) -> None:
    set_joint_signatures(parties.visitor, by=parties.vo, are_joint=False)
    assert joint.joint_parties == ["vo"]
    on_screen(joint, parties.vo)
    assert Party.VO in DocumentVersion.objects.get(pk=joint.pk).unsigned_parties()


def test_a_document_has_two_places_for_two_who_sign(parties: Parties, joint: DocumentVersion) -> None:
    on_screen(joint, parties.vo)
    version = DocumentVersion.objects.get(pk=joint.pk)
    blocks = printed.reading_copy(version).signatures
    assert [(block.role, bool(block.name)) for block in blocks] == [
        ("VO", True),
        ("VO", False),
        ("HO", False),
        ("VOP", False),
        ("HOP", False),
    ]


def test_one_signatory_is_not_enough_for_a_body_that_signs_jointly(parties: Parties) -> None:
    set_joint_signatures(parties.visitor, by=parties.vo, are_joint=True)
    exchange = lifecycle.in_preparation(parties)
    with pytest.raises(Refused, match="two where two sign jointly"):
        lifecycle.submitted_own_part(parties, exchange)


def test_the_database_refuses_a_second_signature_of_a_party_that_signs_once(
    parties: Parties, ctq: DocumentVersion
) -> None:
    (row,) = on_screen(ctq, parties.vo)
    row.pk, row.number = None, 2
    row.signer_id = row.entered_by_id = people.person("Colleague").pk
    with pytest.raises(IntegrityError, match="signed by the parties"), transaction.atomic():
        row.save()


def test_only_the_ways_that_count_are_taken(parties: Parties, ctq: DocumentVersion, sign: Sign) -> None:
    SignatureMethods.objects.create(generation=ctq.exchange.generation, kind="ctq", methods=["paper"])
    with pytest.raises(Refused, match="signed in another way: On paper"):
        on_screen(ctq, parties.vo)
    assert sign()
