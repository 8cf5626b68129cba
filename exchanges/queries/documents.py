"""Which evidence and scans a reader may open."""

from django.db.models import QuerySet

from cxc.access.scoped import Actor, may_see
from exchanges.models import Evidence, Exchange, Signature

# From an exchange to the rows that name its parties.
LEADS_TO_SIDES = ("match__visiting_profile", "match__host_profile", "visit")


def evidence_seen_by(actor: Actor, exchange: Exchange) -> QuerySet[Evidence]:
    """The pieces of this exchange that the actor may open: all, or as host the letters it handed in."""
    if may_see(actor, exchange, "evidence"):
        return Evidence.objects.filter(exchange=exchange).select_related("file")
    return Evidence.visible_host_letters(actor, exchange).select_related("file")


def scan_open_to(actor: Actor, signature: Signature) -> bool:
    """One scan may hold several documents, of several visitors: every one of them must be the reader's to see."""
    others = Signature.objects.filter(scan_id=signature.scan_id)
    return all(
        may_see(actor, exchange_signed(other), "fa" if other.fa_version_id else "ctq")
        for other in others.select_related(
            *(f"ctq_version__exchange__{path}" for path in LEADS_TO_SIDES),
            *(f"fa_version__agreement__exchange__{path}" for path in LEADS_TO_SIDES),
        )
    )


def exchange_signed(signature: Signature) -> Exchange:
    """The exchange whose document carries this signature."""
    version = signature.ctq_version or signature.fa_version
    assert version is not None  # the database wants one of them
    return version.exchange
