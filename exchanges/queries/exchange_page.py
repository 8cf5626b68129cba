"""An exchange with what its page reads of it."""

from django.db.models import QuerySet

from cxc.core.compiled_queries import compiled_once
from cxc.core.narrow import Columns, narrow
from cxc.core.related_rows import give_rows
from exchanges.models import DocumentVersion, Exchange, Visit
from exchanges.models.exchange import ExchangeQuerySet
from exchanges.models.visit import VisitQuerySet
from profiles.queries.contract_details import in_no_order

# Of all exchanges of the visit: the visitors' sides of its shared part.
_SIDES: Columns = {
    "": ("visit", "organisation", "match", "state"),
    "match": ("visiting_profile",),
    "match__visiting_profile": ("partnership",),
}


def exchange_with_page(pk: int) -> Exchange | None:
    """The exchange with what belongs to it, and with its visit, which is read apart: few tables are joined."""
    for exchange in _exchanges(pk=pk):
        (visit,) = _visits(pk=exchange.visit_id)
        give_rows(visit, "exchanges", _exchanges_of_visit(visit=visit.pk))
        exchange.visit = visit
        give_rows(exchange, "document_versions", _versions(exchange=pk))
        return exchange
    return None


@compiled_once
def _exchanges(*, pk: int) -> ExchangeQuerySet:
    found = Exchange.objects.filter(pk=pk).select_related(
        "organisation__country",
        "generation",
        "type",
        "sector",
        "match__visiting_profile__partnership",
        "match__host_profile",
        "own_part",
        "agreement",
        "report",
        "payment",
    )
    return found.prefetch_related(in_no_order("match__visiting_profile__partnership__participations"))


@compiled_once
def _visits(*, pk: int) -> VisitQuerySet:
    return Visit.objects.with_host().select_related("shared_part", "host_profile__generation").filter(pk=pk)


@compiled_once
def _exchanges_of_visit(*, visit: int) -> ExchangeQuerySet:
    return narrow(Exchange.objects.filter(visit=visit), _SIDES)


@compiled_once
def _versions(*, exchange: int) -> "QuerySet[DocumentVersion]":
    versions = DocumentVersion.objects.with_signatures().filter(exchange=exchange)
    return versions.select_related("pdf", "seal__file")
