"""What the duties read of an exchange that was fetched with all that hangs on it: no query in here."""

from typing import Any

from cxc.workflow.deadlines import Deadlines
from exchanges.enums import CTQ_PARTIES, FA_PARTIES, EvidenceState, PartState
from exchanges.models import CtqVersion, Exchange
from exchanges.models.exchange import ExchangeQuerySet

SEAT = "match__visiting_profile__partnership__seat"


def with_papers(exchanges: ExchangeQuerySet) -> ExchangeQuerySet:
    """With parts, agreement, versions and signatures, and the seat where answers are counted."""
    return exchanges.with_display_relations().select_related("own_part", "agreement", "visit__shared_part", SEAT)


def label(exchange: Exchange) -> str:
    return str(exchange)


def label_of_part(thing: Any) -> str:
    return str(thing.exchange)


def zone(exchange: Exchange) -> str:
    return exchange.visit.time_zone


def visitor_id(exchange: Exchange) -> int:
    """Nobody decides on the money of an organisation they belong to."""
    return exchange.organisation_id


def has_ended(exchange: Exchange, deadlines: Deadlines) -> bool:
    """Whether the last day is over at the place of the visit."""
    return exchange.end is not None and exchange.end < deadlines.today(exchange.visit.time_zone)


def has_begun(exchange: Exchange, deadlines: Deadlines) -> bool:
    return exchange.start is not None and exchange.start <= deadlines.today(exchange.visit.time_zone)


def current_ctq(exchange: Exchange) -> CtqVersion | None:
    return max(exchange.ctq_versions.all(), key=lambda version: version.number, default=None)


def ctq_signed_by(exchange: Exchange) -> set[str]:
    """Who signed the CTQ that stands, or one that it follows editorially."""
    by_id = {version.pk: version for version in exchange.ctq_versions.all()}
    version = current_ctq(exchange)
    signed: set[str] = set()
    while version is not None:
        signed |= {signature.party for signature in version.signatures.all()}
        version = by_id.get(version.follows_id or 0) if version.is_editorial else None
    return signed


def ctq_to_sign(exchange: Exchange) -> set[str]:
    """The parties whose signature the validated CTQ still lacks."""
    own = exchange.own_part_or_none
    if own is None or own.state != PartState.VALIDATED:
        return set()
    return {str(party) for party in CTQ_PARTIES} - ctq_signed_by(exchange)


def fa_to_sign(exchange: Exchange) -> set[str]:
    """The parties whose signature the validated Financial Agreement still lacks."""
    agreement = exchange.agreement_or_none
    if agreement is None or agreement.state != PartState.VALIDATED:
        return set()
    version = max(agreement.versions.all(), key=lambda version: version.number, default=None)
    signed = {signature.party for signature in version.signatures.all()} if version else set()
    return {str(party) for party in FA_PARTIES} - signed


def papers_complete(exchange: Exchange) -> bool:
    """CTQ signed by all, and the Financial Agreement of a physical exchange."""
    own, agreement = exchange.own_part_or_none, exchange.agreement_or_none
    ctq = own is not None and own.state == PartState.SIGNED
    return ctq and (not exchange.is_physical or (agreement is not None and agreement.state == PartState.SIGNED))


def agreed_complete(exchange: Exchange) -> bool:
    given = exchange.sector_id and exchange.agreed_start and exchange.agreed_end
    return bool(given) and (not exchange.is_physical or exchange.agreed_lump_sum is not None)


def evidence_states(exchange: Exchange) -> set[str]:
    return {paper.state for paper in exchange.evidence.all()}


def evidence_done(exchange: Exchange) -> bool:
    states = evidence_states(exchange)
    return not exchange.is_physical or (EvidenceState.ACCEPTED in states and EvidenceState.WAITING not in states)


def payable_done(exchange: Exchange) -> bool:
    return not exchange.is_physical or exchange.payable_accepted_at is not None


def enough_days(exchange: Exchange) -> bool:
    return (exchange.actual_working_days or 0) >= exchange.generation.min_working_days
