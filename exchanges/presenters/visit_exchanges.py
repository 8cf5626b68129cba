"""Who comes on a visit and how far each is: names and states to all Partnerships of it, more to one's own."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from cxc.access.scoped import Actor, Side, sides_of
from exchanges.enums import CTQ_PARTIES, PartState, Party
from exchanges.models import CtqVersion, Exchange, OwnPart, Visit


@dataclass
class VisitExchangeRow:
    """One exchange of the visit. `may_open`: it is the reader's own; only then the rest is filled in."""

    exchange: Exchange
    may_open: bool
    own: OwnPart | None = None
    to_sign: list[str] = field(default_factory=list)


def visit_exchange_rows(visit: Visit, actor: Actor) -> list[VisitExchangeRow]:
    """In a number of queries that does not grow with the group."""
    listed = list(_named(visit, actor).order_by("organisation__legal_name__folded", "pk"))
    open_ids = set(visit.exchanges.visible_to(actor, "see").values_list("pk", flat=True))
    document_ids = set(visit.exchanges.visible_to(actor, "ctq").values_list("pk", flat=True))
    signed = _signed(visit)
    rows = []
    for exchange in listed:
        own = exchange.own_part_or_none if exchange.pk in document_ids else None
        rows.append(VisitExchangeRow(exchange, exchange.pk in open_ids, own, _to_sign(own, signed)))
    return rows


def _named(visit: Visit, actor: Actor) -> QuerySet[Exchange]:
    """A visitor sees its own exchange; host, Partnerships and offices all names."""
    found = visit.exchanges.with_display_relations().select_related("own_part")
    return found if sides_of(actor, visit) - {Side.VO} else found.visible_to(actor, "name")


def _signed(visit: Visit) -> dict[int, tuple[int, set[str]]]:
    """By exchange: the version of its own part that was signed last, and by which parties."""
    signed: dict[int, tuple[int, set[str]]] = {}
    versions = CtqVersion.objects.filter(exchange__visit=visit).prefetch_related("signatures").order_by("number")
    for version in versions:
        _, signed_before = signed.get(version.exchange_id, (0, set()))
        signed_now = {signature.party for signature in version.signatures.all()}
        signed[version.exchange_id] = (
            version.own_version,
            signed_now | signed_before if version.is_editorial else signed_now,
        )
    return signed


def _to_sign(own: OwnPart | None, signed: dict[int, tuple[int, set[str]]]) -> list[str]:
    if own is None or own.state != PartState.VALIDATED:
        return []
    version, parties = signed.get(own.exchange_id, (0, set()))
    done = parties if version == own.version else set()
    return [str(Party(party).label) for party in CTQ_PARTIES if party not in done]
