"""All documents of a visit that somebody may open: by the rule of each record, as its own address has it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxc.access.scoped import Actor, may_see
from cxc.core.models import StoredFile
from cxc.core.narrow import narrow
from exchanges.enums import Party, ReportState
from exchanges.models import CtqVersion, Evidence, Exchange, FaVersion, Signature, Visit
from exchanges.models.sides import EXCHANGE_LABEL
from exchanges.queries.documents import evidence_seen_by, scan_open_to


@dataclass(frozen=True)
class VisitDocument:
    """One file: whose exchange it belongs to, and a name that says what it is."""

    exchange: Exchange
    name: str
    file: StoredFile


def documents_of(visit: Visit, actor: Actor) -> list[VisitDocument]:
    """The version of each document that stands, its scans, the accepted report, evidence; visitor by visitor."""
    rows = narrow(Exchange.objects.filter(visit=visit), EXCHANGE_LABEL).prefetch_related("report__pdf")
    exchanges = rows.order_by("organisation__legal_name__folded", "pk")
    versions = _versions(visit)
    scans = _scans(visit, actor)
    return [
        document
        for exchange in exchanges
        for document in (
            *_signed(exchange, actor, versions, scans),
            *_report(exchange, actor),
            *_evidence(exchange, actor),
        )
    ]


def _versions(visit: Visit) -> dict[tuple[str, int], CtqVersion | FaVersion]:
    """The latest version, by read permission and exchange id."""
    found: dict[tuple[str, int], CtqVersion | FaVersion] = {}
    for ctq in (
        CtqVersion.objects.filter(exchange__visit=visit).defer("content").select_related("pdf").order_by("number")
    ):
        found["ctq", ctq.exchange_id] = ctq
    agreements = FaVersion.objects.filter(agreement__exchange__visit=visit).defer("content")
    for agreement in agreements.select_related("pdf", "agreement").order_by("number"):
        found["fa", agreement.agreement.exchange_id] = agreement
    return found


def _scans(visit: Visit, actor: Actor) -> dict[tuple[str, int], list[Signature]]:
    """By kind and id of a version the signatures whose scans the actor may open."""
    found: dict[tuple[str, int], list[Signature]] = defaultdict(list)
    of_visit = Signature.objects.filter(ctq_version__exchange__visit=visit) | Signature.objects.filter(
        fa_version__agreement__exchange__visit=visit
    )
    may_open: dict[int, bool] = {}
    for signature in of_visit.select_related("scan").order_by("pk"):
        if signature.scan_id not in may_open:
            may_open[signature.scan_id] = scan_open_to(actor, signature)
        if may_open[signature.scan_id]:
            act, pk = ("ctq", signature.ctq_version_id) if signature.ctq_version_id else ("fa", signature.fa_version_id)
            found[act, pk or 0].append(signature)
    return found


def _signed(
    exchange: Exchange,
    actor: Actor,
    versions: dict[tuple[str, int], CtqVersion | FaVersion],
    scans: dict[tuple[str, int], list[Signature]],
) -> Iterator[VisitDocument]:
    for act in ("ctq", "fa"):
        version = versions.get((act, exchange.pk))
        if version is None or not may_see(actor, exchange, act):
            continue
        name = f"{act.upper()} v{version.number}"
        if version.pdf is not None:
            yield VisitDocument(exchange, name, version.pdf)
        for scan, parties in _by_scan(scans[act, version.pk]):
            yield VisitDocument(
                exchange, f"{name}, signed by {', '.join(str(Party(party).label) for party in parties)}", scan
            )


def _by_scan(signatures: Iterable[Signature]) -> Iterator[tuple[StoredFile, list[str]]]:
    grouped: dict[int, list[Signature]] = defaultdict(list)
    for signature in signatures:
        grouped[signature.scan_id].append(signature)
    for of_scan in grouped.values():
        yield of_scan[0].scan, [signature.party for signature in of_scan]


def _report(exchange: Exchange, actor: Actor) -> Iterator[VisitDocument]:
    report = exchange.report_or_none
    if report is not None and report.state == ReportState.ACCEPTED and report.pdf and may_see(actor, exchange, "far"):
        yield VisitDocument(exchange, "FAR", report.pdf)


def _evidence(exchange: Exchange, actor: Actor) -> Iterator[VisitDocument]:
    pieces: Iterable[Evidence] = evidence_seen_by(actor, exchange).order_by("pk")
    for number, piece in enumerate(pieces, start=1):
        yield VisitDocument(exchange, f"Evidence {number} ({piece.get_kind_display()})", piece.file)
