"""One scan for several documents: what is signed is told apart, cut and recorded; the whole scan is few people's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.core.refusals import Refused
from cxc.documents import pages
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Exchange, PaperScan, ScannedDocument, Signature
from exchanges.queries.documents import signed_file_open_to
from exchanges.rules.scanned_pages import page_numbers
from exchanges.services import paper_scans
from exchanges.services.documents_to_sign import documents_not_validated, documents_to_sign
from exchanges.services.paper_scans import PagesOf, SignedBy
from exchanges.tasks import erase_unused_scans
from tests.exchanges.services.grouped_visit import Group, grouped
from tests.factories.cache import cached
from tests.files import pdf_of
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TODAY = NOW.date()


@cached
def two_validated() -> Group:
    """Of three visitors two have validated documents."""
    group = grouped()
    for number in (0, 1):
        lifecycle.validated_documents(group.parties_of_visitors[number], group.exchanges[number])
    return group


@pytest.fixture
def group() -> Group:
    return two_validated()


def page_of(exchange: Exchange, kind: str = "CTQ") -> str:
    return f"{kind}-{exchange.reference} - version 1, {exchange.organisation}"


def uploaded(group: Group, by: Actor, *lines: str, parties: tuple[str, ...] = ("ho",)) -> PaperScan:
    upload = SimpleUploadedFile("scan.pdf", pdf_of(*lines), content_type="application/pdf")
    return paper_scans.upload_scan(group.visit, upload, parties=parties, by=by)


def recorded(scan: PaperScan, by: Actor, *signers: Actor, signed_on: object = TODAY) -> list[ScannedDocument]:
    """As suggested; each body is signed for by the actor who acts for it."""
    documents = documents_to_sign(scan.visit, by, scan.parties, signed_too=True)
    suggested = {key: page_numbers(one["pages"], scan.page_count) for key, one in scan.suggestions.items()}
    found = [PagesOf(one, suggested[one.key], one.bodies) for one in documents if one.key in suggested]
    signed_by = {f"{actor.principal}-{actor.principal_id}": SignedBy(actor.user, signed_on) for actor in signers}
    return paper_scans.record_signatures(scan, found, signed_by, by=by)


def test_what_the_host_signs_and_what_is_signed_later(group: Group) -> None:
    documents = documents_to_sign(group.visit, group.parties.ho)
    assert [(one.version.kind, one.exchange) for one in documents] == [("ctq", one) for one in group.exchanges[:2]]
    assert {body.key for one in documents for body in one.bodies} == {f"organisation-{group.parties.host.pk}"}
    (later,) = documents_not_validated(group.visit, group.parties.ho)
    assert later.thing == group.exchanges[2]
    assert "still missing: objectives" in later.sentences[0]


def test_a_visitor_signs_its_own_documents_only(group: Group) -> None:
    documents = documents_to_sign(group.visit, group.parties.vo)
    assert [(one.version.kind, one.exchange) for one in documents] == [
        ("ctq", group.exchanges[0]),
        ("fa", group.exchanges[0]),
    ]


def test_pages_are_suggested_by_the_reference_on_them(group: Group) -> None:
    first, second = group.exchanges[:2]
    scan = uploaded(group, group.parties.ho, page_of(second), "A back", page_of(first))
    keys = [f"ctq-{DocumentVersion.objects.get(exchange=one, kind='ctq').pk}" for one in (first, second)]
    assert scan.suggestions == {
        keys[1]: {"pages": "1-2", "is_read": True},
        keys[0]: {"pages": "3", "is_read": True},
    }


def test_each_signature_names_its_version_and_the_pages_of_it(group: Group) -> None:
    first, second = group.exchanges[:2]
    scan = uploaded(group, group.parties.ho, page_of(first), page_of(second))
    rows = recorded(scan, group.parties.ho, group.parties.ho)
    assert [(row.refusals, row.pages) for row in rows] == [([], "1"), ([], "2")]
    for row, exchange in zip(rows, (first, second), strict=True):
        signature = Signature.objects.get(version__exchange=exchange)
        assert (signature.file, signature.signer) == (row.file, group.parties.ho.user)
        with row.file.file.open("rb") as file:
            assert pages.texts(file.read()) == [page_of(exchange)]
    assert scan.file.sha256 not in {row.file.sha256 for row in rows}


def test_all_documents_are_cut_at_once_before_any_row_is_locked(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = group.exchanges[:2]
    scan = uploaded(group, group.parties.ho, page_of(first), page_of(second))
    cut, locks_before = pages.cut, list[int]()

    def counted(content: bytes, parts: list[list[int]]) -> list[bytes | pages.PagesError]:
        locks_before.append(sum("FOR UPDATE" in query["sql"] for query in queries))
        return cut(content, parts)

    monkeypatch.setattr(pages, "cut", counted)
    with CaptureQueriesContext(connection) as queries:
        assert len(recorded(scan, group.parties.ho, group.parties.ho)) == 2
    assert locks_before == [0]


def test_pages_that_cannot_be_cut_are_refused_in_a_sentence(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = uploaded(group, group.parties.ho, page_of(group.exchanges[0]), page_of(group.exchanges[1]))
    cut = pages.cut

    def cut_last(content: bytes, parts: list[list[int]]) -> list[bytes | pages.PagesError]:
        return [pages.PagesError("Scan this page again."), *cut(content, parts[1:])]

    monkeypatch.setattr(pages, "cut", cut_last)
    refused, done = recorded(scan, group.parties.ho, group.parties.ho)
    assert (refused.refusals, refused.file, done.refusals) == (["Scan this page again."], None, [])


def test_a_visitor_opens_its_own_pages_and_not_the_whole_scan(group: Group) -> None:
    parties = group.parties
    scan = uploaded(group, parties.ho, page_of(group.exchanges[0]), page_of(group.exchanges[1]))
    recorded(scan, parties.ho, parties.ho)
    own = Signature.objects.get(version__exchange=group.exchanges[0])
    assert signed_file_open_to(parties.vo, own)
    readers = {"host": parties.ho, "visitor": parties.vo, "HOP": parties.hop_coordinator, "SO": parties.so}
    seen = {name for name, actor in readers.items() if PaperScan.objects.visible_to(actor).exists()}
    assert seen == {"host", "SO"}


def test_one_scan_holds_signatures_of_several_parties(group: Group) -> None:
    parties = group.parties
    exchange = group.exchanges[0]
    lines = (page_of(exchange), page_of(exchange, "FA"))
    scan = uploaded(group, parties.vop_coordinator, *lines, parties=("vo", "vop"))
    recorded(scan, parties.vop_coordinator, parties.vo, parties.vop_coordinator)
    ctq, agreement = DocumentVersion.objects.filter(exchange=exchange).order_by("kind")
    assert ctq.signed_parties() == agreement.signed_parties() == {"vo", "vop"}
    assert len({signature.file_id for signature in Signature.objects.all()}) == 2
    assert Exchange.objects.get(pk=exchange.pk).agreement.state == "signed"


def test_what_is_refused_is_listed_and_stops_nobody_else(group: Group) -> None:
    parties = group.parties
    first, second = group.exchanges[:2]
    scan = uploaded(group, parties.ho, page_of(first), page_of(second))
    lifecycle.sign(parties, DocumentVersion.objects.get(exchange=first, kind="ctq"), Party.HO)
    files = StoredFile.objects.count()
    refused, done = recorded(scan, parties.ho, parties.ho)
    assert "has already signed for" in refused.refusals[0]
    assert (refused.file, done.refusals) == (None, [])
    assert StoredFile.objects.count() == files + 1
    assert Signature.objects.filter(party="ho").count() == 2


def test_recording_twice_adds_nothing(group: Group) -> None:
    parties = group.parties
    scan = uploaded(group, parties.ho, page_of(group.exchanges[0]))
    (row,) = recorded(scan, parties.ho, parties.ho)
    (again,) = recorded(scan, parties.ho, parties.ho)
    assert (again.pk, again.file_id, len(again.refusals)) == (row.pk, row.file_id, 1)
    assert Signature.objects.count() == 1


def test_the_same_file_again_is_the_same_scan(group: Group) -> None:
    first = uploaded(group, group.parties.ho, page_of(group.exchanges[0]))
    again = uploaded(group, group.parties.ho, page_of(group.exchanges[0]))
    other = uploaded(group, group.parties.hop_coordinator, page_of(group.exchanges[0]))
    assert (again, other == first) == (first, False)


def test_a_day_before_the_version_is_refused_in_a_sentence(group: Group) -> None:
    scan = uploaded(group, group.parties.ho, page_of(group.exchanges[0]))
    (row,) = recorded(scan, group.parties.ho, group.parties.ho, signed_on=TODAY - timedelta(days=30))
    assert "can't have been signed then" in row.refusals[0]
    assert not Signature.objects.exists()


def test_somebody_who_may_not_sign_is_refused(group: Group) -> None:
    parties = group.parties
    scan = uploaded(group, parties.ho, page_of(group.exchanges[0]))
    stranger = replace(parties.ho, user=parties.vo.user)
    (row,) = recorded(scan, parties.ho, stranger)
    assert "not registered as a signatory" in row.refusals[0]


def test_a_file_that_is_no_pdf_is_refused_and_not_kept(group: Group) -> None:
    upload = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 ink", content_type="application/pdf")
    with pytest.raises(Refused, match="can't be read"):
        paper_scans.upload_scan(group.visit, upload, parties=["ho"], by=group.parties.ho)
    assert not PaperScan.objects.exists()


def test_a_scan_with_which_nothing_was_recorded_is_erased_after_a_week(group: Group) -> None:
    used = uploaded(group, group.parties.ho, page_of(group.exchanges[0]))
    recorded(used, group.parties.ho, group.parties.ho)
    unused = uploaded(group, group.parties.hop_coordinator, page_of(group.exchanges[0]))
    with clock.at(NOW + timedelta(days=6)):
        assert erase_unused_scans() == 0
    with clock.at(NOW + timedelta(days=8)):
        assert (erase_unused_scans(), erase_unused_scans()) == (1, 0)
    assert list(PaperScan.objects.all()) == [used]
    assert not StoredFile.objects.filter(pk=unused.file_id).exists()
