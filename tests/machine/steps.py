"""The next sensible step of one visitor's way, whatever has happened to it before."""

from collections.abc import Callable
from typing import Any

from cxc import clock
from cxc.workflow import perform
from exchanges.enums import CTQ_PARTIES, FA_PARTIES
from exchanges.models import DocumentVersion, Exchange, FinalActivityReport, OwnPart, SharedPart, Visit
from matching.models import Match
from profiles.models import Sector
from tests.factories.parties import Parties
from tests.scenarios import completion, lifecycle


def next_step(parties: Parties, match: Match) -> None:
    """Do what this visitor's way asks for next; a refusal is the caller's to expect."""
    if match.state == "proposed":
        perform(match, "host_yes", by=parties.ho)
    elif match.state in {"declined", "withdrawn", "expired", "cancelled"}:
        perform(match, "reopen", by=parties.so, reason="Again.")
    else:
        _exchange(parties, match)


def _exchange(parties: Parties, match: Match) -> None:
    exchange = match.exchanges.order_by("pk").last()
    if exchange is None:
        visit = Visit.objects.filter(host_profile=match.host_profile, modality=match.modality).first()
        visit = visit or lifecycle.visit(match, parties.vop_coordinator)
        lifecycle.exchange(match, visit, parties.vop_coordinator)
    else:
        STEPS[exchange.state](parties, exchange)


def _prepare(parties: Parties, exchange: Exchange) -> None:
    perform(exchange, "prepare", by=parties.vop_coordinator)


def _get_ready(parties: Parties, exchange: Exchange) -> None:
    """One piece of the papers at a time, then sector and figures, then ready."""
    shared, own = SharedPart.objects.get(visit=exchange.visit_id), OwnPart.objects.get(exchange=exchange)
    agreement = exchange.agreement_or_none
    if shared.state in {"draft", "returned"}:
        lifecycle.submitted_shared_part(parties, shared.visit)
    elif shared.state == "ready":
        perform(shared, "validate", by=parties.so)
    elif own.state != "signed":
        _part(parties, own, lambda: lifecycle.submitted_own_part(parties, exchange), CTQ_PARTIES)
    elif agreement is not None and agreement.state != "signed":
        _part(parties, agreement, lambda: lifecycle.submitted_agreement(parties, exchange), FA_PARTIES)
    elif exchange.sector_id is None:
        figures = {"start": exchange.agreed_start, "end": exchange.agreed_end, "lump_sum": exchange.agreed_lump_sum}
        perform(exchange, "set_agreed", by=parties.vop_coordinator, sector=Sector.objects.first(), **figures)
    else:
        perform(exchange, "set_ready", by=parties.vop_coordinator)


def _part(parties: Parties, part: Any, make_ready: Callable[[], Any], signing_parties: Any) -> None:
    if part.state in {"draft", "returned"}:
        make_ready()
    elif part.state == "ready":
        perform(part, "validate", by=parties.so)
    else:
        version: DocumentVersion = lifecycle.with_pdf(part.current_version)
        lifecycle.sign(parties, version, *signing_parties)


def _finish(parties: Parties, exchange: Exchange) -> None:
    report = FinalActivityReport.objects.get(exchange=exchange)
    if report.state in {"draft", "returned"}:
        completion.report_submitted(parties, exchange)
    elif report.state == "submitted":
        perform(report, "accept", by=parties.vop_coordinator)
    elif exchange.is_physical and not exchange.evidence.exists():
        completion.submitted_evidence(exchange, parties.vo)
    elif waiting := exchange.evidence.exclude(state="accepted").first():
        completion.accepted_evidence(waiting, parties.vop_coordinator)
    elif exchange.is_physical and exchange.payable_accepted_at is None:
        perform(exchange, "accept_payable", by=parties.so)
    else:
        perform(exchange, "close", by=parties.vop_coordinator)


def _pay(parties: Parties, exchange: Exchange) -> None:
    payment = exchange.payment_or_none
    if payment is not None and payment.state == "due":
        paid = {"paid_on": clock.today(), "amount": payment.amount_due, "reference": "Bank"}
        perform(payment, "pay", by=parties.vop_coordinator, **paid)


def _wait(_parties: Parties, _exchange: Exchange) -> None:
    """Ready to start: the start comes with the day."""


def _reopen(parties: Parties, exchange: Exchange) -> None:
    perform(exchange, "reopen_cancelled", by=parties.so, reason="After all.")


STEPS: dict[str, Callable[[Parties, Exchange], None]] = {
    "draft": _prepare,
    "preparation": _get_ready,
    "ready": _wait,
    "ongoing": _finish,
    "closed": _pay,
    "cancelled": _reopen,
}
