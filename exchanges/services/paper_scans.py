"""Scans of several signed documents: uploaded, cut into the pages of each, recorded as signatures.

All documents are cut by one process before anything is locked; each is signed in a transaction of its own. Recording
the same scan again adds what is missing, and nothing twice. Rule: docs/paper-scans.md.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.models import StoredFile
from cxc.core.refusals import Refused
from cxc.documents import pages
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import PaperScan, ScannedDocument, Visit
from exchanges.rules.scanned_pages import Expected, as_text, suggest
from exchanges.services.documents_to_sign import BodyToSign, DocumentToSign, documents_to_sign
from exchanges.services.signatures import sign_on_paper
from profiles.models import User

# A scan with which nothing was recorded is erased after so many days.
UNUSED_DAYS = 7


@dataclass(frozen=True)
class SignedBy:
    """Who signed for a body, on which local day."""

    signer: User
    signed_on: date


@dataclass(frozen=True)
class PagesOf:
    """A document, its pages in the scan, and the bodies that signed it there."""

    document: DocumentToSign
    pages: Sequence[int]
    bodies: Sequence[BodyToSign]


def upload_scan(visit: Visit, upload: UploadedFile, *, parties: Collection[str], by: Actor) -> PaperScan:
    """Store a scan with a suggestion of its pages; the same file is the same scan. Refused if it can't be read."""
    content = upload.read()
    try:
        texts = pages.texts(content)
    except pages.PagesError as error:
        raise Refused(str(error)) from error
    documents = documents_to_sign(visit, by, parties)
    suggested = suggest([_expected(document) for document in documents], texts)
    values: dict[str, Any] = {
        "parties": sorted(parties),
        "page_count": len(texts),
        "suggestions": {key: asdict(one) for key, one in suggested.items()},
    }
    with unit_of_work():
        earlier = _same_file(visit, content, by)
        if earlier is not None:
            PaperScan.objects.filter(pk=earlier.pk).update(**values)
            return PaperScan.objects.get(pk=earlier.pk)
        stored = StoredFile.store(content, name=upload.name or "scan.pdf", content_type=pages.PDF, by=by.user)
        assert by.user is not None  # a scan is uploaded by a person
        return PaperScan.objects.create(visit=visit, file=stored, uploaded_by=by.user, **values)


def _same_file(visit: Visit, content: bytes, by: Actor) -> PaperScan | None:
    sha256 = hashlib.sha256(content).hexdigest()
    return PaperScan.objects.filter(visit=visit, uploaded_by=by.user, file__sha256=sha256).first()


def _expected(document: DocumentToSign) -> Expected:
    return Expected(document.key, document.reference, _page_count(document))


def _page_count(document: DocumentToSign) -> int | None:
    """Of the PDF of the version, which the portal made itself; None where it is not there or can't be read."""
    pdf = document.version.pdf
    if pdf is None:
        return None
    try:
        with pdf.file.open("rb") as file:
            return len(PdfReader(file).pages)
    except (OSError, PyPdfError):
        return None


def record_signatures(
    scan: PaperScan, found: Iterable[PagesOf], signed_by: Mapping[str, SignedBy], *, by: Actor
) -> list[ScannedDocument]:
    """Cut each document out of the scan and record its signatures; each with what was refused, in sentences.

    signed_by  by the key of a body
    """
    documents = list(found)
    cuts = _cut(scan, documents)
    return [_record(scan, one, cut, signed_by, by) for one, cut in zip(documents, cuts, strict=True)]


def _cut(scan: PaperScan, found: Sequence[PagesOf]) -> Sequence[bytes | pages.PagesError]:
    """The pages of each document as a PDF, or why they can't be had."""
    with scan.file.file.open("rb") as file:
        content = file.read()
    try:
        return pages.cut(content, [one.pages for one in found])
    except pages.PagesError as error:
        return [error] * len(found)


def _record(
    scan: PaperScan, found: PagesOf, cut: bytes | pages.PagesError, signed_by: Mapping[str, SignedBy], by: Actor
) -> ScannedDocument:
    with unit_of_work():
        row = _row(scan, found)
        earlier_file = row.file if row.pages == as_text(found.pages) else None
        try:
            file = earlier_file or _store(cut, found, by)
        except Refused as refusal:
            row.refusals = [str(refusal)]
        else:
            row.refusals = _sign(found, signed_by, file, by)
            if len(row.refusals) < len(found.bodies):
                row.file, row.pages = file, as_text(found.pages)
            elif earlier_file is None:
                file.erase()
        row.save()
    return row


def _sign(found: PagesOf, signed_by: Mapping[str, SignedBy], file: StoredFile, by: Actor) -> list[str]:
    """Record who signed; why not, for each that was refused."""
    answers = [_refusal(found, body, signed_by[body.key], file, by) for body in found.bodies]
    return [answer for answer in answers if answer]


def _row(scan: PaperScan, found: PagesOf) -> ScannedDocument:
    """The row of this document in the scan, under a lock."""
    rows = ScannedDocument.objects.select_for_update(of=("self",))
    row, _made = rows.get_or_create(scan=scan, version=found.document.version)
    return row


def _store(cut: bytes | pages.PagesError, found: PagesOf, by: Actor) -> StoredFile:
    if isinstance(cut, pages.PagesError):
        raise Refused(str(cut)) from cut
    name = f"{found.document.version} ({_('scan')}).pdf"
    return StoredFile.store(cut, name=name, content_type=pages.PDF, by=by.user)


def _refusal(found: PagesOf, body: BodyToSign, signed: SignedBy, file: StoredFile, by: Actor) -> str:
    """Record one signature; '' where that worked, else why not."""
    try:
        with unit_of_work():
            sign_on_paper(
                versions=[found.document.version],
                party=body.parties[0],
                signer=signed.signer,
                signed_on=signed.signed_on,
                scan=file,
                by=by,
            )
    except Refused as refusal:
        return f"{body.label}: {refusal}"
    return ""


def unused_scans() -> list[PaperScan]:
    """The scans with which nothing was recorded for too long."""
    before = clock.now() - timedelta(days=UNUSED_DAYS)
    recorded = ScannedDocument.objects.filter(scan=OuterRef("pk"), file__isnull=False)
    return list(PaperScan.objects.filter(~Exists(recorded), uploaded_at__lt=before).order_by("pk"))


def erase_unused_scan(scan: PaperScan) -> None:
    """Erase one of them with its file, unless something was recorded meanwhile."""
    locked = PaperScan.objects.select_for_update(of=("self",)).filter(pk=scan.pk).first()
    if locked is None or locked.documents.filter(file__isnull=False).exists():
        return
    stored = locked.file
    locked.delete()
    stored.erase()
