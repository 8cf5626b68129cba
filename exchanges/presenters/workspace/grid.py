"""The grid of the workspace: each cell says how far a step is, whose turn it is, since when, and whether it is late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property

from cxc.access.role_labels import by_principal, words_for
from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.core.moments import local_day
from cxc.todo.items import owed_now
from cxc.todo.models import TodoItem
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Visit
from exchanges.presenters.workspace.steps import STEPS, Step, StepState, StepStatus
from exchanges.queries.workspace import ExchangeRecords, exchanges_of, records_of

NAME, STATE, SIGNED = "name", "state", "ctq-signed"


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
    """One visitor. `may_open`: the reader sees the exchange itself, not its name and state alone."""

    exchange: Exchange
    may_open: bool
    cells: Sequence[Cell]

    @property
    def is_late(self) -> bool:
        return any(cell.turn is not None and cell.turn.is_late for cell in self.cells)

    @property
    def is_mine(self) -> bool:
        return any(cell.turn is not None and cell.turn.is_mine for cell in self.cells)

    @property
    def waits_for_signatures(self) -> bool:
        """Whether its CTQ is validated and not signed by all; where the reader sees that."""
        statuses = {cell.step.code: cell.state.status for cell in self.cells if cell.state is not None}
        return statuses.get("ctq") is StepStatus.DONE and statuses[SIGNED] is not StepStatus.DONE

    @property
    def of_ctq(self) -> list[Cell]:
        """How far the CTQ and its signatures are; where the reader sees that."""
        return [cell for cell in self.cells if cell.state is not None and cell.step.code in {"ctq", SIGNED}]


@dataclass(frozen=True)
class Grid:
    """The rows that are shown, of all; the columns of which the reader may see at least one cell."""

    rows: Sequence[Row]
    every_row: Sequence[Row]
    steps: Sequence[Step]

    @property
    def late(self) -> int:
        """How many rows have something late."""
        return sum(row.is_late for row in self.every_row)

    @property
    def mine(self) -> int:
        """How many rows wait for the reader."""
        return sum(row.is_mine for row in self.every_row)

    @property
    def waits_for_signatures(self) -> bool:
        """Whether a validated CTQ is not signed by all."""
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
    exchanges = [one for one in exchanges_of(visit) if sees_all or may_see(actor, one, "name")]
    records = records_of(visit, exchanges)
    turns = _turns(records, actor)
    every = [_row(one, actor, turns.get(one.exchange.pk, {})) for one in records]
    seen = {cell.step.code for row in every for cell in row.cells if cell.state is not None}
    steps = [step for step in STEPS if step.code in seen]
    shown = [_narrowed(row, seen) for row in every if _fits(row, only)]
    return Grid(_sorted(shown, sort), every, steps)


def _row(records: ExchangeRecords, actor: Actor, turns: Mapping[str, Turn]) -> Row:
    exchange = records.exchange
    is_standing = exchange.state != ExchangeState.CANCELLED
    cells = [
        Cell(step, step.state_of(records), turns.get(step.code) if is_standing else None)
        if may_see(actor, exchange, step.permission)
        else Cell(step, None)
        for step in STEPS
    ]
    return Row(exchange, may_see(actor, exchange), cells)


def _narrowed(row: Row, seen: set[str]) -> Row:
    return Row(row.exchange, row.may_open, [cell for cell in row.cells if cell.step.code in seen])


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


def _turns(records: Iterable[ExchangeRecords], actor: Actor) -> dict[int, dict[str, Turn]]:
    """By exchange and step: who owes it. One query for the items, one for those of the reader."""
    exchange_of = dict(_things(records))
    exchanges = {one.exchange.pk: one.exchange for one in records}
    deadlines = Deadlines()
    items = list(TodoItem.objects.on(exchange_of).visible_at(deadlines.now))
    mine = set(owed_now(actor, deadlines).filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
    grouped: dict[tuple[int, str], list[TodoItem]] = defaultdict(list)
    for item in items:
        if (step := _STEP_OF.get((item.kind, item.code))) is not None:
            grouped[exchange_of[item.kind, item.thing_id], step].append(item)
    found: dict[int, dict[str, Turn]] = defaultdict(dict)
    for (pk, step), owed in grouped.items():
        found[pk][step] = _turn(owed, exchanges[pk], actor, mine, deadlines)
    return found


def _things(records: Iterable[ExchangeRecords]) -> Iterable[tuple[tuple[str, int], int]]:
    """Everything on which an exchange can owe something, with the exchange."""
    for one in records:
        exchange = one.exchange
        belonging = (
            exchange,
            exchange.own_part_or_none,
            exchange.agreement_or_none,
            exchange.report_or_none,
            exchange.payment_or_none,
            *one.evidence,
        )
        yield from (((thing._meta.label_lower, thing.pk), exchange.pk) for thing in belonging if thing is not None)


def _turn(items: Sequence[TodoItem], exchange: Exchange, actor: Actor, mine: set[int], deadlines: Deadlines) -> Turn:
    can_act = any(item.pk in mine for item in items)
    sides = by_principal(list(dict.fromkeys(Side(item.side) for item in items)), exchange)
    words = words_for(sides, sides_of(actor, exchange), can_act=can_act)
    moments = [moment for item in items if (moment := item.visible_from or item.since) is not None]
    return Turn(
        ", ".join(words),
        can_act,
        any(item.is_overdue_at(deadlines.now) for item in items),
        local_day(min(moments), exchange.visit.time_zone) if moments else None,
    )
