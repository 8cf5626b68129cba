"""The Commitment to Quality of an exchange, from its models and from a kept version."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import translation

from cxc import clock
from cxc.ground.models import SchemeSettings
from cxc.ground.pdf import Mark
from exchanges.documents import contexts as c
from exchanges.documents import filling
from exchanges.documents.frozen import thaw
from exchanges.enums import CTQ_PARTIES, ExchangeState
from exchanges.models import CtqVersion, Exchange, OwnPart, Signature


def context(
    exchange: Exchange,
    *,
    number: int,
    dated: date,
    mark: Mark = "",
    signatures: Iterable[Signature] = (),
    editorial_versions: Iterable[c.EditorialVersion] = (),
) -> c.CtqContext:
    """As the parts, the agenda and the agreed figures stand now.

    `signatures` fill their places: an editorial version keeps those of the version it follows.
    """
    with translation.override("en"):
        return c.CtqContext(
            head=filling.head(exchange, "CTQ", version=number, dated=dated, mark=mark),
            parties=filling.parties(exchange, CTQ_PARTIES),
            exchange=filling.agreed_facts(exchange),
            visit_reference=f"VIS-{exchange.visit_id:05d}",
            shared=_shared(exchange),
            own=_own(exchange.own_part_or_none),
            signatures=filling.places_to_sign(exchange, CTQ_PARTIES, signatures),
            editorial_versions=list(editorial_versions),
            report_days=SchemeSettings.current().far_days,
        )


def _shared(exchange: Exchange) -> c.SharedPart:
    part = exchange.visit.shared_part_or_none
    texts = {name: getattr(part, name, "") for name in _SHARED_TEXTS}
    return c.SharedPart(agenda=filling.agenda(exchange.visit), **texts)


_SHARED_TEXTS = ("goals", "mutual_learning", "learning_between_visitors", "feedback_time", "external_event")
_OWN_TEXTS = ("objectives", "outcomes", "follow_up", "responsibilities")


def _own(part: OwnPart | None) -> c.OwnPart:
    texts = {name: getattr(part, name, "") for name in _OWN_TEXTS}
    return c.OwnPart(follow_up_months=part.follow_up_months if part else 6, **texts)


def draft(exchange: Exchange) -> c.CtqContext:
    """What would be validated now, marked DRAFT on every page (CANCELLED for a cancelled exchange)."""
    last = exchange.ctq_versions.order_by("-number").first()
    mark: Mark = "cancelled" if exchange.state == ExchangeState.CANCELLED else "draft"
    return context(
        exchange,
        number=last.number + 1 if last else 1,
        dated=clock.today(exchange.visit.time_zone),
        mark=mark,
    )


def of_version(version: CtqVersion) -> c.CtqContext:
    """What this version prints, for ever: the file that is signed."""
    return thaw(c.CtqContext, version.content)


def reading_copy(version: CtqVersion) -> c.CtqContext:
    """The version with its signatures filled in; CANCELLED where the exchange is."""
    kept = of_version(version)
    with translation.override("en"):
        places = filling.places_to_sign(version.exchange, CTQ_PARTIES, version.counting_signatures())
    return replace(kept, head=_marked(kept.head, version.exchange), signatures=places)


def _marked(head: c.DocumentHead, exchange: Exchange) -> c.DocumentHead:
    return replace(head, mark="cancelled") if exchange.state == ExchangeState.CANCELLED else head
