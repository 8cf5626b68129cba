"""Ways that several kinds of things share."""

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves
from exchanges import links
from exchanges.enums import BEING_WRITTEN_STATES, PartState
from exchanges.models import Exchange, FinancialAgreement, OwnPart, SharedPart, Visit
from exchanges.services.signatures import UPLOADERS

VO, HO, VOP, HOP, LEAD, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO

EXCHANGE, VISIT, WAITING = "exchanges.exchange", "exchanges.visit", "exchanges.waitinglistentry"
SHARED, OWN, AGREEMENT = "exchanges.sharedpart", "exchanges.ownpart", "exchanges.financialagreement"
EVIDENCE, REPORT, PAYMENT = "exchanges.evidence", "exchanges.finalactivityreport", "exchanges.payment"
ENTRY = "exchanges.recordedsubmission"


def back_to_building(exchange: Exchange | None) -> list[Way]:
    """Whoever can set an exchange back, or cancel it."""
    if exchange is None:
        return []
    names = ("prepare", "back_to_preparation", "undo_start", "reopen", "reopen_cancelled")
    return by_moves(exchange, names, path_of(exchange, "state"))


def shared_ways(shared: SharedPart | None) -> list[Way]:
    """Whoever has the next word on a shared part that is not validated."""
    if shared is None:
        return []
    if shared.state == PartState.READY:
        return by_moves(shared, ["validate"], links.validation(shared.visit_id))
    if shared.state in BEING_WRITTEN_STATES:
        return by_moves(shared, ["edit"] if shared.gaps() else ["submit"], links.shared_part(shared))
    return []


def own_ways(own: OwnPart | None) -> list[Way]:
    """Whoever has the next word on an own part: writing, validating, signing."""
    if own is None:
        return []
    if own.state in BEING_WRITTEN_STATES:
        gaps = bool(own.gaps())
        return by_moves(own, ["edit"] if gaps else ["submit"], links.own_part(own) if gaps else path_of(own))
    if own.state == PartState.READY:
        return by_moves(own, ["validate"], links.validation(own.exchange.visit_id, own))
    return signing_ways(own)


def agreement_ways(agreement: FinancialAgreement | None) -> list[Way]:
    """Whoever has the next word on a Financial Agreement."""
    if agreement is None:
        return []
    if agreement.state in BEING_WRITTEN_STATES:
        gaps = bool(agreement.missing_bank_details())
        address = links.agreement(agreement) if gaps else path_of(agreement)
        return by_moves(agreement, ["edit"] if gaps else ["submit"], address)
    if agreement.state == PartState.READY:
        return by_moves(agreement, ["validate"], links.validation(agreement.exchange.visit_id, agreement))
    return signing_ways(agreement)


def signing_ways(paper: OwnPart | FinancialAgreement) -> list[Way]:
    """The parties whose signature the version that stands lacks, and those who may hand it in for them."""
    version = paper.current_version
    if version is None or paper.state != PartState.VALIDATED:
        return []
    lacking = [party for party in version.PARTIES if party not in version.signed_parties()]
    address = links.signing(paper.exchange)
    # The party itself is named first; its Partnership and the Support Office enter a scan for it.
    own = [Way(paper.exchange, (Side(party),), address) for party in lacking]
    return own + [Way(paper.exchange, tuple(UPLOADERS[party]), address) for party in lacking if Side(party) in {VO, HO}]


def frame_ways(visit: Visit, name: str) -> list[Way]:
    """Days, zone and places of a visit: its lead, once it is saved."""
    return by_moves(visit, ["change_dates"], links.visit_dates(visit, name)) if visit.pk else []
