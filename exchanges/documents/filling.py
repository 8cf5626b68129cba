"""What all three documents take from the models: head, parties, facts, places to sign.

English, whatever the screen speaks; every value plain. Each document's own module wraps it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cxc.ground.calendar import holidays_known
from cxc.ground.models import StateEvent
from cxc.ground.pdf import Mark
from exchanges.documents import contexts as c
from exchanges.enums import Party
from exchanges.models import AgendaItem, Exchange, Signature, Visit
from profiles.models import Organisation, Partnership

ROLES: dict[str, c.Role] = {Party.VO: "VO", Party.HO: "HO", Party.VOP: "VOP", Party.HOP: "HOP"}


def body_of(exchange: Exchange, party: str) -> Organisation | Partnership:
    """The body that signs as this party."""
    if party == Party.VO:
        return exchange.organisation
    if party == Party.HO:
        return exchange.host
    return exchange.vop if party == Party.VOP else exchange.hop


def local_day(moment: datetime, exchange: Exchange) -> date:
    """The day it was at the place of the visit."""
    return moment.astimezone(ZoneInfo(exchange.visit.time_zone)).date()


def head(exchange: Exchange, prefix: str, *, version: int, dated: date, mark: Mark = "") -> c.DocumentHead:
    """What stands on top of every page; `dated` is local to the visit."""
    return c.DocumentHead(
        reference=f"{prefix}-{exchange.reference}",
        version=version,
        dated=dated,
        generation=str(exchange.generation),
        mark=mark,
        recorded_source=_source(exchange) if exchange.is_recorded else "",
    )


def _source(exchange: Exchange) -> str:
    first = StateEvent.of(exchange).filter(is_recorded=True).first()
    return first.source if first else ""


def parties(exchange: Exchange, roles: Iterable[Party]) -> list[c.Party]:
    """Who signs, in this order, as registered now."""
    return [_party(exchange, role) for role in roles]


def _party(exchange: Exchange, role: Party) -> c.Party:
    body = body_of(exchange, role)
    signatories = _signatories(body)
    name, kind, country, number = _identity(body)
    return c.Party(
        role=ROLES[role],
        name=name,
        kind=kind,
        country=country,
        address=body.street_and_city if isinstance(body, Organisation) else "",
        registration_number=number,
        signatory=", ".join(user.full_name or user.email for user in signatories),
        signatory_function=signatories[0].job_title if len(signatories) == 1 else "",
    )


def _identity(body: Organisation | Partnership) -> tuple[str, str, str, str]:
    """Name, kind, country and registration number, as printed."""
    if isinstance(body, Organisation):
        return body.legal_name, str(body.get_kind_display()), body.country.name, body.registration_number
    return f"{body.full_name} ({body.acronym})", "Partnership", body.seat.name, ""


def _signatories(body: Organisation | Partnership) -> list[Any]:
    places = body.memberships.filter(is_signatory=True, user__is_active=True).select_related("user")
    return [place.user for place in places.order_by("joined_at", "pk")]


def agreed_facts(exchange: Exchange) -> c.ExchangeFacts:
    """As agreed; as planned while nothing is agreed (a draft)."""
    days = exchange.agreed_working_days if exchange.agreed_start else exchange.planned_working_days
    start, end = exchange.agreed_start or exchange.planned_start, exchange.agreed_end or exchange.planned_end
    return facts(exchange, start, end, days)


def facts(exchange: Exchange, start: date | None, end: date | None, days: int | None) -> c.ExchangeFacts:
    """The exchange with these days, local to the visit; the visit's own where a day is not known yet."""
    visit = exchange.visit
    first, last = start or visit.first_day, end or visit.last_day
    return c.ExchangeFacts(
        reference=exchange.reference,
        type=str(exchange.type or ""),
        sector=str(exchange.sector or ""),
        modality="physical" if exchange.is_physical else "virtual",
        first_day=first,
        last_day=last,
        working_days=days or 0,
        city=visit.city or exchange.host.city,
        country=exchange.host_country.name,
        zone=visit.time_zone,
        day_marks=day_marks(visit, first, last),
        holidays_known=all(holidays_known(exchange.host_country.pk, day) for day in (first, last)),
    )


def day_marks(visit: Visit, first: date, last: date) -> list[c.DayMark]:
    """The days between these two that count against the calendar."""
    found = visit.day_marks.filter(day__gte=first, day__lte=last)
    return [c.DayMark(day=mark.day, is_worked=mark.is_worked, reason=mark.reason) for mark in found]


def agenda(visit: Visit) -> list[c.AgendaItem]:
    """The visit's agenda, in its order."""
    return [_item(item) for item in visit.agenda_items.all()]


def _item(item: AgendaItem) -> c.AgendaItem:
    return c.AgendaItem(
        day=item.day,
        starts=item.starts,
        ends=item.ends,
        title=item.title,
        leader=item.leader,
        place=item.place,
        is_feedback=item.is_feedback,
    )


def places_to_sign(
    exchange: Exchange, roles: Iterable[Party], signatures: Iterable[Signature] = ()
) -> list[c.SignatureBlock]:
    """Empty places, or filled with the first signature of each party."""
    first: dict[str, Signature] = {}
    for signature in sorted(signatures, key=lambda s: (s.entered_at, s.pk)):
        first.setdefault(signature.party, signature)
    return [_place(exchange, role, first.get(role)) for role in roles]


def _place(exchange: Exchange, role: Party, signature: Signature | None) -> c.SignatureBlock:
    body = body_of(exchange, role)
    name = body.legal_name if isinstance(body, Organisation) else body.full_name
    if signature is None:
        return c.SignatureBlock(role=ROLES[role], party=name)
    return c.SignatureBlock(
        role=ROLES[role],
        party=signature.body_label,
        name=signature.signer_name,
        function=signature.signer_function,
        signed_on=signature.signed_on,
        how="Signed on paper",
        scan_reference=f"SC-{signature.scan_id:06d}",
    )
