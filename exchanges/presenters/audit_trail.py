"""The audit trail of a version: who made, opened, downloaded, signed, declined and sealed it, and when.

It is put together from rows that nobody can change: the version, its signatures, its seal, readings and events. People
stand in them by id, so that the name of somebody who is forgotten is gone here too. docs/audit-trail.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Side
from cxc.core import languages, moments
from cxc.documents import pdf
from cxc.workflow.models import StateEvent
from cxc.workflow.transitions import kind_of
from exchanges.documents import builder
from exchanges.documents.kinds import document_of
from exchanges.documents.values import DocumentHead
from exchanges.enums import ReadingKind
from exchanges.models import DocumentVersion, Signature

TEMPLATE = "documents/audit_trail.html"


@dataclass(frozen=True)
class TrailEntry:
    """One line: `event` for programs, `text` the same for people; `person` and `side` are empty for the portal."""

    moment: datetime
    event: str
    text: str
    person: str = ""
    side: str = ""
    detail: str = ""


def audit_trail(version: DocumentVersion) -> list[TrailEntry]:
    """All that is known, the oldest first, in the language that is spoken."""
    parts = (_made, _read, _signed, _declined, _voided, _sealed)
    found = [entry for part in parts for entry in part(version)]
    return sorted(found, key=lambda entry: entry.moment)


def audit_trail_json(version: DocumentVersion) -> dict[str, Any]:
    """The trail for programs: moments in ISO 8601 (UTC), texts in English."""
    with languages.english():
        return {
            "document": version.kind,
            "reference": version.reference,
            "version": version.number,
            "code": version.code,
            "events": [
                {
                    "at": entry.moment.isoformat(),
                    "event": entry.event,
                    "person": entry.person,
                    "side": entry.side,
                    "detail": entry.detail,
                }
                for entry in audit_trail(version)
            ],
        }


def audit_trail_pdf(version: DocumentVersion) -> bytes:
    """The trail as a document. `PdfUnavailableError` where PDFs are off."""
    exchange = version.exchange
    with languages.english():
        entries = audit_trail(version)
        dated = builder.local_day(entries[-1].moment, exchange)
        head: DocumentHead = builder.head(exchange, version.kind, (), version=version.number, dated=dated)
        rows = [
            {
                "moment": moments.moment_text(entry.moment, exchange.visit.time_zone),
                "text": entry.text,
                "who": ", ".join(part for part in (entry.person, entry.side) if part),
                "detail": entry.detail,
            }
            for entry in entries
        ]
        context = {"head": head, "label": str(document_of(version.kind).label), "code": version.code, "rows": rows}
        return pdf.render(TEMPLATE, context)


def _made(version: DocumentVersion) -> Iterator[TrailEntry]:
    text = _("Validated") if version.parties else _("Accepted")
    yield TrailEntry(version.made_at, "made", text)
    if version.pdf is not None:
        yield TrailEntry(version.pdf.uploaded_at, "stored", _("File made"), detail=f"SHA-256 {version.pdf.sha256}")


def _read(version: DocumentVersion) -> Iterator[TrailEntry]:
    for row in version.readings.select_related("user"):
        yield TrailEntry(
            row.read_at, row.kind, str(ReadingKind(row.kind).label), str(row.user), str(Side(row.side).label)
        )


def _signed(version: DocumentVersion) -> Iterator[TrailEntry]:
    """Also those that an editorial version keeps. Of what somebody else has entered: who, and the day of signing."""
    kept = [one.pk for one in version.chain()]
    rows = Signature.objects.filter(version__in=kept, is_repeat=False).select_related(
        "signer", "entered_by", "version__exchange"
    )
    for row in rows:
        detail = f"{row.get_method_display()}, {row.version.file_name}, SHA-256 {row.sha256}"
        if row.entered_by_id != row.signer_id:
            entered = _("signed on %(day)s, recorded by %(person)s")
            detail += "; " + entered % {"day": date_format(row.signed_on), "person": row.entered_by}
        yield TrailEntry(row.entered_at, "signed", _("Signed"), str(row.signer), row.get_party_display(), detail)


def _declined(version: DocumentVersion) -> Iterator[TrailEntry]:
    """Refusals to sign while this version was the last one; they are events of what the document is written in."""
    record = document_of(version.kind).record_of(version.exchange)
    if record is None or not version.parties:
        return
    later = version.exchange.document_versions.filter(kind=version.kind, number__gt=version.number).order_by("number")
    events = StateEvent.objects.filter(kind=kind_of(type(record)), thing_id=record.pk, transition="decline")
    events = events.filter(happened_at__gte=version.made_at).select_related("by_user")
    following = later.first()
    if following is not None:
        events = events.filter(happened_at__lt=following.made_at)
    for event in events:
        side = str(Side(event.side).label)
        who = str(event.by_user or "")
        yield TrailEntry(event.happened_at, "declined", _("Declined to sign"), who, side, event.reason)


def _voided(version: DocumentVersion) -> Iterator[TrailEntry]:
    """The objection to an editorial version."""
    record = document_of(version.kind).record_of(version.exchange)
    if record is None or version.voided_at is None:
        return
    events = StateEvent.of(record).filter(transition="object_to_editorial", details__voided=version.number)
    for event in events.select_related("by_user"):
        who, side = str(event.by_user or ""), str(Side(event.side).label)
        yield TrailEntry(
            event.happened_at, "voided", _("Objection: this version counts no more"), who, side, event.reason
        )


def _sealed(version: DocumentVersion) -> Iterator[TrailEntry]:
    if version.sealed_file is not None:
        detail = f"{version.seal.certificate}, SHA-256 {version.sealed_file.sha256}"
        yield TrailEntry(version.seal.sealed_at, "sealed", _("Sealed by the portal"), detail=detail)
