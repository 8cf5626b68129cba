"""Remembers who has opened a version of a document, or downloaded its file. Rule: docs/audit-trail.md."""

from collections.abc import Iterable
from datetime import UTC

from cxc import clock
from cxc.access.scoped import Actor, Side, sides_of
from exchanges.enums import ReadingKind
from exchanges.models import DocumentReading, DocumentVersion

# The first of them on which the reader stands is kept.
IN_ORDER = (Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO, Side.OBSERVER)


def version_was_read(version: DocumentVersion, kind: ReadingKind, by: Actor) -> None:
    """Remember it, once a person, kind and day."""
    versions_were_read([version], kind, by)


def versions_were_read(versions: Iterable[DocumentVersion], kind: ReadingKind, by: Actor) -> None:
    """The same of several versions."""
    if by.user is None:
        return
    now = clock.now()
    rows = [
        DocumentReading(
            version=version,
            user=by.user,
            side=_side_of(version, by),
            kind=kind,
            day=now.astimezone(UTC).date(),
            read_at=now,
        )
        for version in versions
    ]
    DocumentReading.objects.bulk_create(rows, ignore_conflicts=True)


def read_by(versions: Iterable[DocumentVersion], actor: Actor) -> frozenset[int]:
    """The ids of those that this person has opened in the portal or downloaded."""
    readings = DocumentReading.objects.filter(version__in=[version.pk for version in versions], user=actor.user)
    return frozenset(readings.values_list("version", flat=True))


def _side_of(version: DocumentVersion, by: Actor) -> Side:
    sides = sides_of(by, version.exchange)
    return next(side for side in IN_ORDER if side in sides)
