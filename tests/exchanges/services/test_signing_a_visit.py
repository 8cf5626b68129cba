"""The host and its Partnership sign all validated CTQs of a visit at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cxc.core.models import StoredFile
from exchanges.enums import Party
from exchanges.models import CtqVersion
from exchanges.services import document_pdfs, signatures
from tests.exchanges.services.grouped_visit import grouped
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TODAY = NOW.date()


def test_the_host_signs_all_that_are_validated_and_the_others_are_listed() -> None:
    group = grouped()
    for number in (0, 1):
        lifecycle.validated_documents(group.parties_of_visitors[number], group.exchanges[number])
    parties = group.parties
    scan = lifecycle.scan()
    facts = {"signed_on": TODAY, "scan": scan}
    outcome = signatures.sign_visit_on_paper(
        group.visit, party=Party.HO, signer=parties.ho.user, by=parties.ho, **facts
    )
    assert [row.ctq_version.exchange for row in outcome.done] == group.exchanges[:2]
    assert {row.scan for row in outcome.done} == {scan}
    (skip,) = outcome.skipped
    assert skip.thing == group.exchanges[2]
    assert "still missing: objectives" in skip.sentences[0]
    coordinator = parties.hop_coordinator
    second = signatures.sign_visit_on_paper(
        group.visit, party=Party.HOP, signer=coordinator.user, by=coordinator, **facts
    )
    assert len(second.done) == 2


def test_the_second_round_signs_only_what_came_later() -> None:
    group = grouped()
    parties = group.parties
    lifecycle.validated_documents(group.parties_of_visitors[0], group.exchanges[0])
    facts = {"party": Party.HO, "signer": parties.ho.user, "by": parties.ho, "signed_on": TODAY}
    signatures.sign_visit_on_paper(group.visit, scan=lifecycle.scan(), **facts)
    lifecycle.validated_documents(group.parties_of_visitors[1], group.exchanges[1])
    outcome = signatures.sign_visit_on_paper(group.visit, scan=lifecycle.scan(), **facts)
    assert [row.ctq_version.exchange for row in outcome.done] == [group.exchanges[1]]
    assert [skip.thing for skip in outcome.skipped] == [group.exchanges[2]]


def test_a_missing_pdf_holds_back_its_own_exchange_only() -> None:
    group = grouped()
    parties = group.parties
    for number in (0, 1):
        lifecycle.validated_documents(group.parties_of_visitors[number], group.exchanges[number])
    CtqVersion.objects.filter(exchange=group.exchanges[0]).update(pdf=None)
    outcome = signatures.sign_visit_on_paper(
        group.visit, party=Party.HO, signer=parties.ho.user, by=parties.ho, signed_on=TODAY, scan=lifecycle.scan()
    )
    assert [row.ctq_version.exchange for row in outcome.done] == [group.exchanges[1]]
    assert "PDF" in outcome.skipped[0].sentences[0]
    waiting = document_pdfs.progress(CtqVersion.objects.all())
    assert (waiting.made, waiting.total) == (1, 2)


def test_only_the_hosts_side_signs_for_a_whole_visit() -> None:
    group = grouped()
    parties = group.parties
    with pytest.raises(ValueError):
        signatures.sign_visit_on_paper(
            group.visit, party=Party.VO, signer=parties.vo.user, by=parties.vo, signed_on=TODAY, scan=lifecycle.scan()
        )


def test_a_visit_with_nothing_to_sign_lists_why_and_stores_no_scan() -> None:
    group = grouped()
    parties = group.parties
    upload = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 ink", content_type="application/pdf")
    outcome = signatures.sign_visit_on_paper(
        group.visit, party=Party.HO, signer=parties.ho.user, by=parties.ho, signed_on=TODAY, scan=upload
    )
    assert (outcome.done, len(outcome.skipped), StoredFile.objects.count()) == ([], 3, 0)
