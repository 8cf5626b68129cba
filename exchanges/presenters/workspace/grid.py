"""The grid of the workspace: each cell says how far a step is, whose turn it is, since when, and whether it is late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import cached_property

from cxc.access.role_labels import by_principal, words_for
from cxc.access.scoped import Actor, Side, seen_acts, sides_of
from cxc.core.moments import local_day
from cxc.todo.models import TodoItem
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Visit
from exchanges.presenters.workspace.owed import VisitTodo, todo_of_visit
from exchanges.presenters.workspace.steps import STEPS, Step, StepState, StepStatus
from exchanges.queries.workspace import ExchangeRecords, exchanges_of, records_of

NAME, STATE = "name", "state"
# The step of a document → the step of its signatures.
SIGNED = {"ctq": "ctq-signed", "fa": "fa-signed"}


@dataclass(frozen=True)
class Turn:
    """What one exchange waits for in one step.

    who    those who owe it, “you” first; `is_mine`: the reader can do it now
    since  the local day from which it is owed; None where that is not known
    """

    who: str
    is_mine: bool
    is_late: bool
    since: date | None


@dataclass(frozen=True)
class Cell:
    """One step of one exchange; without a state where the reader may not see it."""

    step: Step
    state: StepState | None
    turn: Turn | None = None

    @property
    def look(self) -> str:
        """The name of the class by which it is painted."""
        return self.state.status.name.lower().replace("_", "-") if self.state else "hidden"


@dataclass(frozen=True)
class Row:
    """One visitor. `may_open`: the reader sees the exchange itself, not its name and state alone.

    has_files  whether there is a document, or evidence, that the reader may open
    """

    exchange: Exchange
    may_open: bool
    cells: Sequence[Cell]
    has_files: bool = False

    @property
    def is_late(self) -> bool:
        return any(cell.turn is not None and cell.turn.is_late for cell in self.cells)

    @property
    def is_mine(self) -> bool:
        return any(cell.turn is not None and cell.turn.is_mine for cell in self.cells)

    @property
    def waits_for_decision(self) -> bool:
        """Whether evidence or its report waits for an answer; where the reader sees that."""
        return any(self._statuses.get(code) is StepStatus.UNDER_WAY for code in ("evidence", "report"))

    @cached_property
    def _statuses(self) -> dict[str, StepStatus]:
        """How far each step is that the reader sees."""
        return {cell.step.code: cell.state.status for cell in self.cells if cell.state is not None}

    @property
    def waits_for_signatures(self) -> bool:
        """Whether its CTQ or agreement is validated and not signed by all; where the reader sees that."""
        statuses = self._statuses
        lacking = {StepStatus.TO_DO, StepStatus.UNDER_WAY}
        return any(
            statuses.get(code) is StepStatus.DONE and statuses.get(signed) in lacking for code, signed in SIGNED.items()
        )


@dataclass(frozen=True)
class Grid:
    """The rows that are shown, of all; the columns of which the reader may see at least one cell; what is owed."""

    rows: Sequence[Row]
    every_row: Sequence[Row]
    steps: Sequence[Step]
    todo: VisitTodo

    @cached_property
    def late(self) -> int:
        """How many rows have something late."""
        return sum(row.is_late for row in self.every_row)

    @cached_property
    def mine(self) -> int:
        """How many rows wait for the reader."""
        return sum(row.is_mine for row in self.every_row)

    @property
    def has_files(self) -> bool:
        """Whether there is a document, or evidence, that the reader may open."""
        return any(row.has_files for row in self.every_row)

    @property
    def waits_for_decision(self) -> bool:
        """Whether evidence or a report waits for an answer."""
        return any(row.waits_for_decision for row in self.every_row)

    @property
    def waits_for_signatures(self) -> bool:
        """Whether a validated document is not signed by all."""
        return any(row.waits_for_signatures for row in self.every_row)

    @cached_property
    def exchange_ids(self) -> list[int]:
        """Of the exchanges that are shown and that the reader may open."""
        return [row.exchange.pk for row in self.rows if row.may_open]


def grid_of(visit: Visit, actor: Actor, *, sort: str = NAME, only: str = "") -> Grid:
    """What the actor may see of the visit's exchanges.

    sort  code of a step, NAME or STATE; with "-" the other way round
    only  "late", or "mine": what waits for the reader
    """
    # A visitor sees its own exchange; host, Partnerships and offices all names.
    sees_all = bool(sides_of(actor, visit) - {Side.VO})
    acts = {one: seen_acts(actor, one) for one in exchanges_of(visit)}
    records = records_of(visit, [one for one, seen in acts.items() if sees_all or "name" in seen])
    todo = todo_of_visit(visit, records, actor)
    turns = _turns(todo)
    every = [_row(one, acts[one.exchange], turns.get(one.exchange.pk, {})) for one in records]
    seen = {cell.step.code for row in every for cell in row.cells if cell.state is not None}
    steps = [step for step in STEPS if step.code in seen]
    shown = [_narrowed(row, seen) for row in every if _fits(row, only)]
    return Grid(_sorted(shown, sort), every, steps, todo)


def _row(records: ExchangeRecords, seen: frozenset[str], turns: Mapping[str, Turn]) -> Row:
    exchange = records.exchange
    is_cancelled = exchange.state == ExchangeState.CANCELLED
    cells = [
        Cell(step, step.state_of(records), None if is_cancelled else turns.get(step.code))
        if step.permission in seen
        else Cell(step, None)
        for step in STEPS
    ]
    return Row(exchange, "see" in seen, cells, has_files=bool(records.files & seen))


def _narrowed(row: Row, seen: set[str]) -> Row:
    return replace(row, cells=[cell for cell in row.cells if cell.step.code in seen])


def _fits(row: Row, only: str) -> bool:
    return {"late": row.is_late, "mine": row.is_mine}.get(only, True)


_STATES = {state: number for number, state in enumerate(ExchangeState)}


def _sorted(rows: Sequence[Row], sort: str) -> list[Row]:
    name = sort.removeprefix("-")
    if name == STATE:
        ordered = sorted(rows, key=lambda row: _STATES[ExchangeState(row.exchange.state)])
    elif name == NAME:
        ordered = list(rows)
    else:
        ordered = sorted(rows, key=lambda row: _status_in(row, name))
    return ordered[::-1] if sort.startswith("-") else ordered


def _status_in(row: Row, code: str) -> int:
    states = [cell.state for cell in row.cells if cell.step.code == code and cell.state is not None]
    return states[0].status if states else StepStatus.NOT_NEEDED


# --- whose turn it is ---------------------------------------------------------------------------------


_STEP_OF = {key: step.code for step in STEPS for key in step.todo_codes}


def _turns(todo: VisitTodo) -> dict[int, dict[str, Turn]]:
    """By exchange and step: who owes it."""
    grouped: dict[Exchange, dict[str, list[TodoItem]]] = defaultdict(lambda: defaultdict(list))
    for item in todo.items:
        step, exchange = _STEP_OF.get((item.kind, item.code)), todo.exchanges.get(item.key)
        if step is not None and exchange is not None:
            grouped[exchange][step].append(item)
    found: dict[int, dict[str, Turn]] = {}
    for exchange, steps in grouped.items():
        own_sides = sides_of(todo.actor, exchange)
        found[exchange.pk] = {step: _turn(items, exchange, own_sides, todo) for step, items in steps.items()}
    return found


def _turn(items: Sequence[TodoItem], exchange: Exchange, own_sides: frozenset[Side], todo: VisitTodo) -> Turn:
    can_act = any(item.pk in todo.mine for item in items)
    sides = by_principal(list(dict.fromkeys(Side(item.side) for item in items)), exchange)
    words = words_for(sides, own_sides, can_act=can_act)
    moments = [moment for item in items if (moment := item.visible_from or item.since) is not None]
    return Turn(
        ", ".join(words),
        can_act,
        any(item.is_overdue_at(todo.deadlines.now) for item in items),
        local_day(min(moments), exchange.visit.time_zone) if moments else None,
    )
