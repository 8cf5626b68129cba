"""What the workspace of a visit reads: its exchanges with all that belongs to them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Value

from cxc.core.compiled_queries import compiled_once
from cxc.core.folding import folded
from cxc.core.narrow import Columns, narrow, prefixed
from cxc.core.related_rows import set_prefetched, set_prefetched_of_all
from exchanges.documents.kinds import declared, signed_documents
from exchanges.enums import Party
from exchanges.models import (
    DocumentVersion,
    Evidence,
    Exchange,
    FinancialAgreement,
    OwnPart,
    Visit,
    VisitMove,
    VisitMoveConsent,
)
from exchanges.models.documents.base import SignedPart
from exchanges.queries.lists import take_hosts_from_visits
from exchanges.queries.visits import visits_with_page

_DOCUMENT = ("state", "version", "validated_version", "exchange")
# Without the visit and its host profile: these are the visit's own (`exchanges_of`).
COLUMNS: Columns = {
    "organisation": ("legal_name", "country", "sector"),
    "type": ("name",),
    "match": ("visiting_profile", "host_profile"),
    "match__visiting_profile": ("organisation", "partnership"),
    "match__visiting_profile__partnership": ("acronym",),
    "own_part": (*_DOCUMENT, *OwnPart.NEEDED),
    "agreement": (*_DOCUMENT, *FinancialAgreement.TEXTS),
    "report": ("state", "exchange"),
    "payment": ("state", "amount", "paid_amount", "due_on", "paid_on", "exchange"),
    **prefixed("organisation", {"country": ("has_iban",)}),
}
EVIDENCE = "evidence"


@dataclass
class ExchangeRecords:
    """An exchange with its evidence, and who signed the present version of each document.

    signed    by the kind of document
    evidence  the state of each piece by its id
    files     the read permissions on the exchange by which a file of it can be opened
    """

    exchange: Exchange
    signed: dict[str, frozenset[str]] = field(default_factory=dict)
    evidence: dict[int, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


@dataclass
class _Version:
    """A version of a document: of which version of the part it was made, and who has signed it."""

    part_version: int
    is_editorial: bool
    signed: set[str] = field(default_factory=set)


def visit_with_workspace(pk: int) -> Visit | None:
    """The visit with what its page reads: host, shared part, moves, and the exchanges."""
    for visit in visits_with_page(pk=pk):
        set_prefetched(visit, "exchanges", _exchanges(visit=pk))
        set_prefetched(visit, "moves", _moves_with_consents(pk))
        return visit
    return None


@compiled_once
def _exchanges(*, visit: int) -> "QuerySet[Exchange]":
    return narrow(Exchange.objects.filter(visit=visit), COLUMNS)


def _moves_with_consents(visit: int) -> list[VisitMove]:
    moves = _moves(visit=visit)
    set_prefetched_of_all(moves, "consents", _consents(visit=visit) if moves else ())
    return moves


@compiled_once
def _moves(*, visit: int) -> "QuerySet[VisitMove]":
    return VisitMove.objects.filter(visit=visit)


@compiled_once
def _consents(*, visit: int) -> "QuerySet[VisitMoveConsent]":
    return VisitMoveConsent.objects.filter(move__visit=visit)


def exchanges_of(visit: Visit) -> list[Exchange]:
    """All exchanges of the visit, by the name of the visitor."""
    exchanges: list[Exchange] = list(visit.exchanges.all())
    take_hosts_from_visits(exchanges)
    return sorted(exchanges, key=lambda one: (folded(one.organisation.legal_name), one.pk))


def records_of(visit: Visit, exchanges: Iterable[Exchange]) -> list[ExchangeRecords]:
    """The records of each of these exchanges of the visit."""
    found = {one.pk: ExchangeRecords(one) for one in exchanges}
    versions: dict[tuple[str, int], dict[int, _Version]] = defaultdict(dict)
    for kind, pk, number, part_version, is_editorial, file_id, word in _rows(visit=visit.pk):
        if (records := found.get(pk)) is None:
            continue
        if file_id is not None:
            records.files.add(EVIDENCE if kind == EVIDENCE else declared()[kind].permission)
        if kind == EVIDENCE:
            records.evidence[number] = word
        else:
            version = versions[kind, pk].setdefault(number, _Version(part_version, is_editorial))
            version.signed |= {word} - {None}
    for pk, records in found.items():
        for document in signed_documents():
            part = document.record_of(records.exchange)
            records.signed[document.kind] = _signed(part, versions[document.kind, pk])
    return list(found.values())


@compiled_once
def _rows(*, visit: int) -> "QuerySet[Any, tuple]":
    """One row for each signature, for each version without one, and for each piece of evidence.

    Kind, id of the exchange, number of the version or id of the piece, version of the part, whether it is editorial,
    id of the file, party or state.
    """
    versions = DocumentVersion.objects.filter(exchange__visit=visit, voided_at=None).order_by()
    evidence = Evidence.objects.filter(exchange__visit=visit).order_by()
    return versions.values_list(
        "kind", "exchange_id", "number", "part_version", "is_editorial", "pdf_id", "signatures__party"
    ).union(
        evidence.values_list(Value(EVIDENCE), "exchange_id", "pk", Value(0), Value(False), "file_id", "state"),
        all=True,
    )


def _signed(part: SignedPart | None, versions: Mapping[int, _Version]) -> frozenset[str]:
    """Who has signed the version of now; an editorial version keeps the signatures of the one before it."""
    signed: set[str] = set()
    last = 0
    for _number, version in sorted(versions.items()):
        signed = signed | version.signed if version.is_editorial else version.signed
        last = version.part_version
    return frozenset(signed) if part is None or last == part.version else frozenset()


def missing(parties: Iterable[Party], signed: frozenset[str]) -> list[Party]:
    """The parties that have not signed yet."""
    return [party for party in parties if party not in signed]
