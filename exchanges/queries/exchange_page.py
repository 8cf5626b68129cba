"""An exchange with what its page reads of it."""

from django.db.models import QuerySet

from cxc.core.compiled_queries import compiled_once
from cxc.core.narrow import Columns, narrow
from cxc.core.related_rows import set_prefetched
from exchanges.models import DocumentVersion, Exchange
from exchanges.models.exchange import ExchangeQuerySet
from exchanges.queries.visits import visits_with_page
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
        (visit,) = visits_with_page(pk=exchange.visit_id)
        set_prefetched(visit, "exchanges", _exchanges_of_visit(visit=visit.pk))
        exchange.visit = visit
        set_prefetched(exchange, "document_versions", _versions(exchange=pk))
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
def _exchanges_of_visit(*, visit: int) -> ExchangeQuerySet:
    return narrow(Exchange.objects.filter(visit=visit), _SIDES)


@compiled_once
def _versions(*, exchange: int) -> "QuerySet[DocumentVersion]":
    versions = DocumentVersion.objects.with_signatures().filter(exchange=exchange)
    return versions.select_related("pdf", "seal__file")
