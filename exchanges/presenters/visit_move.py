"""What a move of a visit brings about, row by row, cut to what the reader may see. Rule: docs/rules.md, Moving a visit.

A visitor sees its own exchange only. The others read of every exchange what becomes of it and why it could not come;
amounts, and what is validated or signed, are for those who may read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.core.amounts import in_eur
from cxc.workflow import TransitionContext, UnmetRequirement, available_transition, transitions_of
from cxc.workflow.execution import sides_that_may
from exchanges import links
from exchanges.documents.kinds import signed_documents
from exchanges.enums import VALIDATED_STATES
from exchanges.models import DocumentVersion, Exchange, Visit, VisitMove, VisitMoveConsent
from exchanges.models.visit_move import ExchangePlan, Fate, MovePlan
from exchanges.requirements.visit_moves import exchange_to_move, no_open_move
from exchanges.rules.visit_move import Days

# What is put right by other days: these are given in the form of the move itself.
BY_OTHER_DAYS = frozenset({"planned_stay_fits", "agreed_stay_fits"})


@dataclass(frozen=True)
class MoveRow:
    """One exchange. `set_back_url`: where a ready one is set back, for whoever may."""

    exchange: Exchange
    may_open: bool
    fate: Fate
    before: Days | None
    after: Days | None
    working_days: int | None
    amount: str
    documents: list[str]
    reasons: list[UnmetRequirement]
    set_back_url: str

    @property
    def moves(self) -> bool:
        return self.fate in {Fate.MOVES, Fate.SET_BACK_FIRST}

    @property
    def effects(self) -> list[str]:
        """What becomes of its lump sum and documents, as far as the reader may read that."""
        return [sentence for sentence in (self.amount, *self.documents) if sentence and self.moves]


@dataclass(frozen=True)
class MovePreview:
    """The rows, and what becomes of visit, agenda and shared part."""

    rows: list[MoveRow]
    notes: list[str]

    @property
    def has_effects(self) -> bool:
        """Whether there is something to read in the column of documents and money."""
        return any(row.effects for row in self.rows)


def preview_of(move: VisitMove, actor: Actor) -> MovePreview:
    """What the move would bring about, for this reader."""
    plan = move.plan(actor)
    return MovePreview(rows_of(plan, actor), notes_of(plan, actor))


def rows_of(plan: MovePlan, actor: Actor) -> list[MoveRow]:
    """In a number of queries for access that does not grow with the group."""
    exchanges = plan.visit.exchanges.all()
    seen = {
        act: set(exchanges.visible_to(actor, act).values_list("pk", flat=True)) for act in Exchange.read_permissions
    }
    all_named = bool(sides_of(actor, plan.visit) - {Side.VO})
    return [_row(line, seen, actor) for line in plan.exchanges if all_named or line.exchange.pk in seen["see"]]


def _row(line: ExchangePlan, seen: dict[str, set[int]], actor: Actor) -> MoveRow:
    exchange, moved = line.exchange, line.moved
    declared = transitions_of(Exchange)["back_to_preparation"]
    may_set_back = line.fate is Fate.SET_BACK_FIRST and bool(sides_that_may(declared, exchange, actor))
    return MoveRow(
        exchange,
        exchange.pk in seen["see"],
        line.fate,
        _days(exchange),
        _days(moved) if moved is not None else None,
        _working_days(moved) if moved is not None else None,
        _amount(exchange, moved) if moved is not None and exchange.pk in seen["money"] else "",
        _documents(exchange, seen) if moved is not None else [],
        _reasons(line),
        links.setting_back(exchange) if may_set_back else "",
    )


def _reasons(line: ExchangePlan) -> list[UnmetRequirement]:
    """Each sentence once; a link only where something else than the days can be put right."""
    gaps = {gap.sentence: gap for gap in line.unmet}.values()
    return [replace(gap, context=None) if gap.name in BY_OTHER_DAYS else gap for gap in gaps]


def _days(exchange: Exchange) -> Days | None:
    return Days(exchange.start, exchange.end) if exchange.start and exchange.end else None


def _working_days(exchange: Exchange) -> int | None:
    return exchange.planned_working_days if exchange.agreed_start is None else exchange.agreed_working_days


def _lump_sum(exchange: Exchange) -> Decimal | None:
    return exchange.planned_lump_sum if exchange.agreed_start is None else exchange.agreed_lump_sum


def _amount(exchange: Exchange, moved: Exchange) -> str:
    """The lump sum with its ceiling, and what it was where it changes."""
    if not exchange.is_physical:
        return ""
    values = {"now": in_eur(_lump_sum(exchange)), "then": in_eur(_lump_sum(moved)), "ceiling": in_eur(moved.ceiling)}
    if values["now"] == values["then"] and exchange.ceiling == moved.ceiling:
        return _("%(then)s, as before (ceiling %(ceiling)s)") % values
    return _("%(then)s instead of %(now)s (ceiling %(ceiling)s)") % values


def _documents(exchange: Exchange, seen: dict[str, set[int]]) -> list[str]:
    visible = [document for document in signed_documents() if exchange.pk in seen[document.permission]]
    versions = [(document.label, document.version_in_force(exchange)) for document in visible]
    return [_renewed(label, version) for label, version in versions if version is not None]


def _renewed(name: Any, version: DocumentVersion) -> str:
    """What becomes of a document that was validated, and of its signatures."""
    count = len(version.signed_parties())
    if not count:
        return _("%(document)s: a new version has to be validated.") % {"document": name}
    sentence = ngettext(
        "%(document)s: a new version has to be validated and signed. %(count)s signature no longer counts.",
        "%(document)s: a new version has to be validated and signed. %(count)s signatures no longer count.",
        count,
    )
    return sentence % {"document": name, "count": count}


def notes_of(plan: MovePlan, actor: Actor) -> list[str]:
    """What becomes of the visit, its agenda, its marked days and its shared part."""
    notes: list[str] = []
    if plan.is_split:
        notes.append(_("Exchanges that have started stay on this visit. The others go to a new visit."))
    shared = plan.visit.shared_part_or_none
    if shared is not None and may_see(actor, shared):
        if shared.state in VALIDATED_STATES:
            notes.append(_("A new version of the shared part of the CTQ has to be validated."))
        notes += _agenda_notes(plan)
    return notes


def _agenda_notes(plan: MovePlan) -> list[str]:
    notes = []
    if count := plan.items_outside:
        sentence = ngettext(
            "%(count)s agenda item is outside the new days and needs another day.",
            "%(count)s agenda items are outside the new days and need another day.",
            count,
        )
        notes.append(sentence % {"count": count})
    if count := len(plan.dropped_marks):
        sentence = ngettext(
            "%(count)s mark of a day as worked or not worked does not apply on the new days and is removed.",
            "%(count)s marks of days as worked or not worked do not apply on the new days and are removed.",
            count,
        )
        notes.append(sentence % {"count": count})
    return notes


# --- asking and answering ------------------------------------------------------------------------------------


def moves_seen(visit: Visit, actor: Actor) -> list[VisitMove]:
    """Those that the actor sees: all, who reaches them through the visit; a visitor's side those of its exchanges."""
    moves = list(visit.moves.all())
    sees_all = not moves or may_see(actor, VisitMove(visit=visit))
    return moves if sees_all else list(visit.moves.visible_to(actor))


def open_moves_seen(visit: Visit, actor: Actor) -> list[VisitMove]:
    """Those of them that wait for answers; most visits have none, which is asked first."""
    prefetch_related_objects([visit], "moves")
    is_one_open = any(move.is_open for move in visit.moves.all())
    return [move for move in moves_seen(visit, actor) if move.is_open] if is_one_open else []


def may_ask(visit: Visit, actor: Actor) -> bool:
    """Whether the page of the visit offers to ask: it has something to move, and no move is open."""
    move = VisitMove(visit=visit)
    sides = sides_that_may(transitions_of(VisitMove)["ask"], move, actor)
    contexts = [TransitionContext(move, actor, side) for side in sides[:1]]
    return any(exchange_to_move.is_met(context) and no_open_move.is_met(context) for context in contexts)


def problems_of(move: VisitMove, actor: Actor) -> list[UnmetRequirement]:
    """What keeps the actor from asking for this."""
    available = available_transition(move, actor, "ask")
    return available.unmet if available else []


def consents_seen(move: VisitMove, actor: Actor) -> list[VisitMoveConsent]:
    """Who was asked, with the answers; to a visitor those of the host and of its own Partnership."""
    found = move.consents.select_related("organisation", "partnership")
    if sides_of(actor, move) - {Side.VO}:
        return list(found)
    mine = {stay.exchange.vop.pk for stay in _own_stays(move, actor)}
    return [one for one in found if one.partnership_id is None or one.partnership_id in mine]


def _own_stays(move: VisitMove, actor: Actor) -> Iterable[Any]:
    own = Exchange.objects.visible_to(actor, "see").values("pk")
    return move.stays.filter(exchange__in=own).select_related("exchange__match__visiting_profile__partnership")


def outcomes_seen(move: VisitMove, actor: Actor) -> list[Any]:
    """What became of each exchange of a move that was carried out."""
    found = move.stays.exclude(outcome="").select_related("exchange__organisation", "exchange__visit")
    seen = Exchange.objects.visible_to(actor, "see").values("pk")
    return list(found if sides_of(actor, move) - {Side.VO} else found.filter(exchange__in=seen))
