"""What the page of an exchange shows, section by section, to those who may see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.core import calendar
from cxc.core.amounts import in_eur
from cxc.core.models import SchemeSettings
from exchanges import iban
from exchanges.documents.kinds import Document, declared, signed_documents
from exchanges.enums import ExchangeState, PaymentState
from exchanges.models import DocumentVersion, Evidence, Exchange, FinalActivityReport, Signature
from exchanges.presenters.actions import actions_of, by_section
from exchanges.presenters.next_steps import OPEN, next_steps, way_of
from exchanges.presenters.visit_move import open_moves_seen
from exchanges.queries.documents import evidence_seen_by
from exchanges.rules.money import share_of
from exchanges.rules.stay import figures_of
from exchanges.services.feedback import feedback_for, may_give
from exchanges.services.signatures import parties_to_sign, party_signed_for
from matching.enums import MatchState

STAGES = ("planned", "agreed", "actual")


def exchange_page_context(exchange: Exchange, actor: Actor) -> dict[str, Any]:
    """The context of the page; a section that one may not see is not even read."""
    may_see_section = {act: may_see(actor, exchange, act) for act in Exchange.read_permissions}
    actions_by_section = by_section(actions_of(exchange, actor))
    context = {
        "exchange": exchange,
        "visit": exchange.visit,
        "may_see_section": may_see_section,
        "actions_by_section": actions_by_section,
    }
    context |= {"moves": open_moves_seen(exchange.visit, actor)}
    context |= {"page_address": exchange.get_absolute_url()}
    context |= {"way": way_of(exchange), "next_steps": next_steps(exchange, actor)}
    context |= {"unfolded": OPEN.get(ExchangeState(exchange.state), set())}
    context |= {
        "figures": figure_rows(exchange, with_money=may_see_section["money"]),
        "calendar_note": calendar_note(exchange),
    }
    context |= _documents(exchange, actor, may_see_section)
    if may_see_section["ctq"]:
        context |= _ctq(exchange, actor)
    if may_see_section["fa"]:
        context |= _agreement(exchange, actor)
    if may_see_section["far"]:
        context |= _report(exchange, actor)
    return context | _evidence_payment_and_feedback(exchange, actor, may_see_section)


@dataclass(frozen=True)
class FigureRow:
    """One figure at the three stages."""

    label: str
    planned: Any
    agreed: Any
    actual: Any


def figure_rows(exchange: Exchange, *, with_money: bool) -> list[FigureRow]:
    """Start, end, working days, and for those who see money the lump sum (EUR), side by side."""
    planned, agreed, actual = (figures_of(exchange, stage) for stage in STAGES)
    rows = [
        FigureRow(_("First day"), planned.start, agreed.start, actual.start),
        FigureRow(_("Last day"), planned.end, agreed.end, actual.end),
        FigureRow(_("Working days"), planned.working_days, agreed.working_days, actual.working_days),
    ]
    if with_money and exchange.is_physical:
        rows.append(FigureRow(_("Lump sum"), *(in_eur(one.lump_sum) for one in (planned, agreed, actual))))
    return rows


def calendar_note(exchange: Exchange) -> str:
    """A sentence where no national holidays could be taken off, because none are known."""
    days: set[date] = {day for day in (exchange.start, exchange.end) if day is not None}
    if all(calendar.holidays_known(exchange.host_country.pk, day) for day in days):
        return ""
    return _("The national holidays of %(country)s are not known for this year, so none were taken off.") % {
        "country": exchange.host_country
    }


def payout_table(exchange: Exchange) -> list[tuple[int, Decimal, Decimal | None]]:
    """The Partnership's pay-out rule: from so many working days, percent, and what that is here in EUR."""
    ceiling = exchange.ceiling
    steps = exchange.vop.payout_steps.all() if exchange.is_physical else []
    return [(s.from_days, s.percent, None if ceiling is None else share_of(ceiling, s.percent)) for s in steps]


@dataclass(frozen=True)
class DocumentSection:
    """The section of one document: the version in force, and all versions with their signatures, the newest first.

    shows_draft  there is something to preview that is not stored
    is_to_sign   the reader may sign the version in force for a party that has not signed it
    """

    document: Document
    in_force: DocumentVersion | None
    versions: list[tuple[DocumentVersion, list[Signature]]]
    shows_draft: bool
    is_to_sign: bool


def _documents(exchange: Exchange, actor: Actor, may_see_section: Mapping[str, bool]) -> dict[str, Any]:
    """The sections that the reader may see, by the kind of document; those that are signed in their order."""
    seen = [document for document in declared().values() if may_see_section[document.permission]]
    sections = {
        document.kind: _section(document, exchange, actor)
        for document in seen
        if exchange.is_physical or not document.for_physical_exchanges
    }
    signed = [section for section in sections.values() if section.document.is_signed]
    return {"document_sections": sections, "signed_sections": signed}


def _section(document: Document, exchange: Exchange, actor: Actor) -> DocumentSection:
    of_kind = [one for one in exchange.document_versions.all() if one.kind == document.kind]
    versions = sorted(of_kind, key=lambda version: version.number, reverse=True)
    in_force = document.version_in_force(exchange)
    shows_draft = in_force is None and not exchange.is_recorded
    is_to_sign = in_force is not None and party_signed_for(in_force, actor) in in_force.unsigned_parties()
    signed = [(one, one.valid_signatures()) for one in versions]
    return DocumentSection(document, in_force, signed, shows_draft, is_to_sign)


def _ctq(exchange: Exchange, actor: Actor) -> dict[str, Any]:
    own = exchange.own_part_or_none
    return {
        "own": own,
        "shared": exchange.visit.shared_part_or_none,
        "own_actions": actions_of(own, actor),
        "own_texts": [(label, getattr(own, name)) for name, label in own.TEXTS.items()] if own else [],
        "may_sign": _may_sign(exchange, actor),
    }


def _agreement(exchange: Exchange, actor: Actor) -> dict[str, Any]:
    agreement = exchange.agreement_or_none
    return {
        "agreement": agreement,
        "account": iban.lines(agreement) if agreement else [],
        "agreement_actions": actions_of(agreement, actor),
    }


def _may_sign(exchange: Exchange, actor: Actor) -> bool:
    """Whether a version is in force for whose signature the actor may hand in a scan."""
    # What all have signed takes another scan while it is prepared; after that only what still lacks a signature.
    versions = [document.version_in_force(exchange) for document in signed_documents()]
    is_prepared = exchange.state == ExchangeState.PREPARATION
    is_signable = any(version is not None and (is_prepared or version.unsigned_parties()) for version in versions)
    return is_signable and bool(parties_to_sign(exchange, actor))


def _report(exchange: Exchange, actor: Actor) -> dict[str, Any]:
    report = exchange.report_or_none
    return {
        "report": report,
        "report_actions": actions_of(report, actor),
        "report_texts": [(label, value) for _name, label, value in report_answers(report)] if report else [],
    }


def report_answers(report: FinalActivityReport) -> list[tuple[str, Any, Any]]:
    """What the report says: of each answer its name, its label and its value."""
    fields = [field for field in FinalActivityReport._meta.fields if field.name in FinalActivityReport.TEXTS]
    return [(field.name, field.verbose_name, _yes_or_no(getattr(report, field.name))) for field in fields]


def _yes_or_no(value: Any) -> Any:
    """Yes and no as words."""
    return (_("Yes") if value else _("No")) if isinstance(value, bool) else value


def _evidence_payment_and_feedback(
    exchange: Exchange, actor: Actor, may_see_section: dict[str, bool]
) -> dict[str, Any]:
    payment = exchange.payment_or_none if may_see_section["money"] else None
    pieces: QuerySet[Evidence] = evidence_seen_by(actor, exchange)
    return {
        "days_off": exchange.days_not_worked.all() if exchange.actual_start else [],
        "evidence": [(piece, actions_of(piece, actor) if may_see_section["evidence"] else []) for piece in pieces],
        "payment": payment,
        "payment_actions": actions_of(payment, actor),
        "feedback": feedback_for(exchange, actor) if may_see_section["feedback"] else [],
        "feedback_days": SchemeSettings.current().feedback_blind_days,
        **_permissions(exchange, actor),
    }


def _permissions(exchange: Exchange, actor: Actor) -> dict[str, bool]:
    """What is done through a form of its own and is no transition of the exchange."""
    sides = sides_of(actor, exchange) if actor.may_write else frozenset()
    has_taken_place = exchange.state in (ExchangeState.ONGOING, ExchangeState.CLOSED)
    payment = exchange.payment_or_none
    is_paid = payment is not None and payment.state == PaymentState.PAID
    open_for_evidence = exchange.state == ExchangeState.ONGOING or (has_taken_place and not is_paid)
    return {
        "may_hand_in": exchange.is_physical and open_for_evidence and bool(sides & {Side.VO, Side.HO, Side.VOP}),
        "may_give_feedback": may_give(exchange, actor),
        "may_take_back": bool(yes_given_outside(exchange, sides)),
    }


def yes_given_outside(exchange: Exchange, sides: Collection[Side]) -> str:
    """How the yes was given outside for one of these sides of the match; '' when it gave it itself."""
    match = exchange.match
    if match.state != MatchState.CONFIRMED:
        return ""
    answered_outside = {Side.VO: match.visitor_answered_outside, Side.HO: match.host_answered_outside}
    return next((how for side, how in answered_outside.items() if how and side in sides), "")
