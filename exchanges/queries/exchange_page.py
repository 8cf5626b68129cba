"""An exchange with what its page reads of it."""

from django.db.models import Prefetch

from cxc.core.narrow import Columns, narrow
from exchanges.models import DocumentVersion, Exchange, Visit
from exchanges.models.exchange import ExchangeQuerySet
from profiles.queries.contract_details import in_no_order

# Of all exchanges of the visit: the visitors' sides of its shared part.
_SIDES: Columns = {
    "": ("visit", "organisation", "match", "state"),
    "match": ("visiting_profile",),
    "match__visiting_profile": ("partnership",),
}


def exchanges_with_page() -> ExchangeQuerySet:
    """Exchanges with what belongs to them, and with their visits, which are read apart: few tables are joined."""
    visits = Visit.objects.with_host().select_related("shared_part", "host_profile__generation").order_by()
    visits = visits.prefetch_related(Prefetch("exchanges", narrow(Exchange.objects.all(), _SIDES)))
    return Exchange.objects.select_related(
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
    ).prefetch_related(
        Prefetch("visit", visits),
        Prefetch("document_versions", DocumentVersion.objects.with_signatures().select_related("pdf", "seal__file")),
        in_no_order("match__visiting_profile__partnership__participations"),
    )
