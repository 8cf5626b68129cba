"""The clauses and lines that a document of an exchange is made with, placeholders filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cxc.core.models import SchemeSettings
from exchanges import clauses
from exchanges.clauses import ClauseSection
from exchanges.enums import ClauseKind, EvidenceKind
from exchanges.models import DocumentClauses, Exchange
from profiles.models import Partnership

EVIDENCE = [str(kind.label).lower() for kind in EvidenceKind if kind != EvidenceKind.OTHER]


@dataclass(frozen=True)
class Clauses:
    """Filled sections and where they come from; empty where the Support Office has entered none."""

    sections: list[ClauseSection]
    version: str


def clauses_of(exchange: Exchange, kind: ClauseKind, day: date) -> Clauses:
    """The clauses in force on that day for this kind of document."""
    row = DocumentClauses.in_force(kind, exchange.generation, day)
    if row is None:
        return Clauses([], "")
    values = _values(exchange)
    text = clauses.fill_placeholders(row.text, {name: values[name] for name in clauses.PLACEHOLDERS[kind]})
    where = f" for {row.generation}" if row.generation_id else ""
    return Clauses(clauses.sections_of(text), f"Clauses, version {row.number}{where}, {row.valid_from:%-d %B %Y}")


def funding_line(exchange: Exchange, partnerships: Iterable[Partnership], day: date) -> str:
    """Who pays for the scheme, with the grant agreement of each Partnership."""
    numbers = {partnership: grant_number(partnership, exchange) for partnership in partnerships}
    grants = "; ".join(f"{number} ({partnership})" for partnership, number in numbers.items() if number)
    return _line(exchange, ClauseKind.FUNDING, day, {"grant_agreement_number": grants or "not stated"})


def disclaimer(exchange: Exchange, day: date) -> str:
    """The European Union's disclaimer, at the foot of each page."""
    return _line(exchange, ClauseKind.DISCLAIMER, day, {})


def _line(exchange: Exchange, kind: ClauseKind, day: date, values: dict[str, str]) -> str:
    row = DocumentClauses.in_force(kind, exchange.generation, day)
    return clauses.fill_placeholders(" ".join(row.text.split()), values) if row else ""


def grant_number(partnership: Partnership, exchange: Exchange) -> str:
    """The grant agreement number of the Partnership in the exchange's generation; '' where none is entered."""
    participation = partnership.participation_in(exchange.generation)
    return participation.grant_agreement_number if participation else ""


def _values(exchange: Exchange) -> dict[str, str]:
    settings, own = SchemeSettings.current(), exchange.own_part_or_none
    seat = exchange.vop.coordinating_organisation_or_none
    return {
        "reference": exchange.reference,
        "ctq_reference": f"CTQ-{exchange.reference}",
        "far_reference": f"FAR-{exchange.reference}",
        "host_country": exchange.host_country.name,
        "seat_country": exchange.vop.seat.name,
        "law_country": seat.country.name if seat else exchange.vop.seat.name,
        "court_city": seat.city if seat else exchange.vop.seat.name,
        "report_days": str(settings.far_days),
        "payment_working_days": str(settings.payment_working_days),
        "follow_up_months": str(own.follow_up_months if own else 6),
        "evidence_kinds": ", ".join(EVIDENCE),
    }
