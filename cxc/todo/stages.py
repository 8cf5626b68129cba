"""Where each of an actor's things stands on its way, since when, and who holds it now."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from itertools import islice
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc.access.role_labels import by_principal, word_for, words_for
from cxc.access.scoped import Actor, Principal, Side, VisibleQuerySet, sides_of
from cxc.core.links import path_of
from cxc.core.moments import local_day
from cxc.todo.items import Holder, holders_of
from cxc.todo.models import named_by
from cxc.todo.returns import may_read_return, returned_text
from cxc.todo.subjects import zone_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.next_links import NextLink, next_link_of

Key = tuple[str, int]
Rows = TypeVar("Rows", bound=models.QuerySet[Any])
VisibleRows = VisibleQuerySet[Any]

# More than this many rows of one kind belong in a list with filters, not on a first page.
MAX_STAGE_ROWS = 10


class Stage(IntEnum):
    """The four stretches of the way."""

    REGISTRATION = 1
    MATCHING = 2
    BUILDING = 3
    FINALISATION = 4


STAGES = {
    Stage.REGISTRATION: _("Registration"),
    Stage.MATCHING: _("Matching"),
    Stage.BUILDING: _("Exchange building"),
    Stage.FINALISATION: _("Exchange finalisation"),
}


@dataclass(frozen=True)
class StageRow:
    """Where one thing stands on its path.

    idle     what is the case while nobody owes anything, in words
    is_over  whether the whole way is behind it
    since    the moment of its last change of state
    returned_on  the local date on which what is to be handed in was returned, for those who may see that
    holders  those who owe the next thing, “you” first; `waits_for`: what they owe, where it is somebody else's
    """

    thing: Any
    stage: Stage
    idle: Any = ""
    since: datetime | None = None
    holders: tuple[str, ...] = ()
    is_mine: bool = False
    waits_for: tuple[str, ...] = ()
    is_over: bool = False
    returned_on: date | None = None

    @property
    def returned(self) -> str:
        """“returned on 3 March 2026 with comments”, or ''."""
        return returned_text(self.returned_on)

    @property
    def next_link(self) -> NextLink | None:
        """Where one goes on, while nobody owes anything."""
        return None if self.holders else next_link_of(self.thing)

    @property
    def url(self) -> str:
        return path_of(self.thing)

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        name = str(self.thing._meta.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def key(self) -> Key:
        return self.thing._meta.label_lower, self.thing.pk

    @property
    def steps(self) -> list[tuple[Any, str]]:
        """Each stretch with whether it is done, present or to come."""
        return [
            (label, "done" if stage < self.stage or self.is_over else "present" if stage == self.stage else "to-come")
            for stage, label in STAGES.items()
        ]


@dataclass
class StageList:
    """The rows of the page, the furthest first, and links to the lists of what is left out: label and address."""

    rows: list[StageRow] = field(default_factory=list)
    more: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def first_next_link(self) -> NextLink | None:
        """The next step of the first row that knows one."""
        return next((row.next_link for row in self.rows if row.next_link), None)


StageSource = Callable[[Actor], Iterable[StageRow]]

_sources: list[tuple[StageSource, Any, str]] = []
_left_out: dict[str, list[Callable[[], Q]]] = defaultdict(list)


def stage_source(*, label: Any, url_name: str) -> Callable[[StageSource], StageSource]:
    """Add where an actor's things stand, newest first; in a constant number of queries.

    `MAX_STAGE_ROWS` rows are shown. Where there is one more (`first_rows`), the page links to the whole list, called
    `label`.
    """

    def register(function: StageSource) -> StageSource:
        if all(function is not known for known, *_rest in _sources):
            _sources.append((function, label, url_name))
        return function

    return register


def hide_stages_of(kind: str) -> Callable[[Callable[[], Q]], Callable[[], Q]]:
    """Rows of a lower app's kind that do not stand by themselves, because what came of them does."""

    def register(function: Callable[[], Q]) -> Callable[[], Q]:
        if function not in _left_out[kind]:
            _left_out[kind].append(function)
        return function

    return register


def with_stages(rows: Rows) -> Rows:
    """Those of these rows that no upper app leaves out."""
    for condition in _left_out[rows.model._meta.label_lower]:
        rows = rows.exclude(condition())
    return rows


def first_rows(rows: VisibleRows) -> list[Any]:
    """The first of these rows, in their order, with what a stage shows: one more than are shown.

    Two queries: one selects the keys, one loads the labels, because each joins tables of its own.
    """
    ids = list(rows.values_list("pk", flat=True)[: MAX_STAGE_ROWS + 1])
    found = {thing.pk: thing for thing in rows.model.objects.with_labels().filter(pk__in=ids).order_by()} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def stages_for(actor: Actor, deadlines: Deadlines) -> StageList:
    """Where the actor's things stand, and whom each waits for."""
    found = StageList()
    if actor.principal in {Principal.NONE, Principal.PORTAL}:
        return found
    for ask, label, url_name in _sources:
        rows = list(islice(ask(actor), MAX_STAGE_ROWS + 1))
        if len(rows) > MAX_STAGE_ROWS:
            found.more.append((label, reverse(url_name)))
        found.rows += rows[:MAX_STAGE_ROWS]
    keys = [row.key for row in found.rows]
    since, holders = _since(keys), holders_of(keys, actor, deadlines)
    held = [_held(row, actor, since, holders.get(row.key, [])) for row in found.rows]
    found.rows = sorted(held, key=lambda row: -row.stage)
    return found


def _since(keys: Sequence[Key]) -> Mapping[Key, datetime]:
    """When each of these things last changed its state, in one query."""
    if not keys:
        return {}
    events = StateEvent.objects.filter(named_by(keys)).exclude(from_state=F("to_state")).order_by()
    rows = events.values_list("kind", "thing_id").annotate(moved_at=Max("happened_at"))
    return {(kind, pk): moved_at for kind, pk, moved_at in rows}


def _held(row: StageRow, actor: Actor, since: Mapping[Key, datetime], holders: list[Holder]) -> StageRow:
    mine: frozenset[Side] = sides_of(actor, row.thing)
    # Who does it instead of somebody with a conflict of interest is a colleague.
    labels = [word for one in holders for word in _labels(one, row.thing, mine)]
    you = word_for(next(iter(mine)), mine) if mine else ""
    return replace(
        row,
        since=since.get(row.key),
        holders=tuple(sorted(dict.fromkeys(labels), key=lambda word: word != you)),
        is_mine=any(one.is_mine for one in holders),
        waits_for=tuple(dict.fromkeys(str(one.label) for one in holders if not one.is_mine)),
        returned_on=_returned_on(row.thing, mine, holders),
    )


def _returned_on(thing: Any, mine: frozenset[Side], holders: list[Holder]) -> date | None:
    """The day of the last return of what the thing waits for."""
    moments = [one.returned_at for one in holders if one.returned_at and may_read_return(one.code, mine)]
    return local_day(max(moments), zone_of(thing)) if moments else None


def _labels(one: Holder, thing: Any, mine: frozenset[Side]) -> list[str]:
    return words_for(by_principal(one.sides, thing), mine, can_act=one.is_mine)
