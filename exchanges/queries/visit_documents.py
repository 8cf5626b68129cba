"""All documents of a visit that somebody may open: by the rule of each record, as its own address has it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from cxc.access.scoped import Actor, may_see
from cxc.core.models import StoredFile
from cxc.core.narrow import narrow
from exchanges.documents.kinds import Document, declared
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Evidence, Exchange, Signature, Visit
from exchanges.models.documents.version import latest_version
from exchanges.models.sides import EXCHANGE_LABEL
from exchanges.queries.documents import evidence_seen_by, signed_file_open_to


@dataclass(frozen=True)
class VisitDocument:
    """One file: whose exchange it belongs to, and a name that says what it is.

    version            whose file it is; None for scans and evidence
    is_in_sealed_file  the sealed file, which stands beside it, has all that it has
    """

    exchange: Exchange
    name: str
    file: StoredFile
    version: DocumentVersion | None = None
    is_in_sealed_file: bool = False


def documents_of(visit: Visit, actor: Actor) -> list[VisitDocument]:
    """The version of each document that counts, its scans, and the evidence; visitor by visitor."""
    records = {document.record for document in declared().values() if document.record}
    rows = narrow(Exchange.objects.filter(visit=visit), EXCHANGE_LABEL).prefetch_related(*records, _VERSIONS)
    signed = _with_signed_files(visit, actor)
    return [
        document
        for exchange in rows.order_by("organisation__legal_name__folded", "pk")
        for document in (*_stored(exchange, actor, signed), *_evidence(exchange, actor))
    ]


_VERSIONS = Prefetch("document_versions", DocumentVersion.objects.select_related("pdf", "seal__file"))


def _with_signed_files(visit: Visit, actor: Actor) -> dict[int, list[Signature]]:
    """By version the signatures whose scan, or file signed elsewhere, the actor may open."""
    found: dict[int, list[Signature]] = defaultdict(list)
    may_open: dict[int | None, bool] = {}
    signatures = Signature.objects.filter(version__exchange__visit=visit, file__isnull=False)
    for signature in signatures.select_related("file").order_by("pk"):
        if signature.file_id not in may_open:
            may_open[signature.file_id] = signed_file_open_to(actor, signature)
        if may_open[signature.file_id]:
            found[signature.version_id].append(signature)
    return found


def _stored(exchange: Exchange, actor: Actor, signed: dict[int, list[Signature]]) -> Iterator[VisitDocument]:
    for document in declared().values():
        version = _version_to_read(document, exchange)
        if version is None or not may_see(actor, exchange, document.permission):
            continue
        name = f"{document.prefix} v{version.number}"
        sealed = version.sealed_file
        if sealed is not None:
            yield VisitDocument(exchange, f"{name}, sealed", sealed, version)
        if version.pdf is not None:
            yield VisitDocument(exchange, name, version.pdf, version, is_in_sealed_file=sealed is not None)
        for file, parties in _by_file(signed[version.pk]):
            yield VisitDocument(
                exchange, f"{name}, signed by {', '.join(str(Party(party).label) for party in parties)}", file
            )


def _version_to_read(document: Document, exchange: Exchange) -> DocumentVersion | None:
    """The last version of what is signed, also while the next one is written; of a report the one that is accepted."""
    return latest_version(exchange, document.kind) if document.is_signed else document.version_in_force(exchange)


def _by_file(signatures: Iterable[Signature]) -> Iterator[tuple[StoredFile, list[str]]]:
    grouped: dict[StoredFile, list[str]] = defaultdict(list)
    for signature in signatures:
        if signature.file is not None:
            grouped[signature.file].append(signature.party)
    yield from grouped.items()


def _evidence(exchange: Exchange, actor: Actor) -> Iterator[VisitDocument]:
    pieces: Iterable[Evidence] = evidence_seen_by(actor, exchange).order_by("pk")
    for number, piece in enumerate(pieces, start=1):
        yield VisitDocument(exchange, f"Evidence {number} ({piece.get_kind_display()})", piece.file)
