"""Where each of an actor's things stands on its way, since when, and who holds it now."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cxc.access.role_labels import by_principal, word_for, words_for
from cxc.access.scoped import Actor, Principal, Side, VisibleQuerySet, sides_of
from cxc.core.links import EVERYTHING, path_of
from cxc.core.moments import local, local_day
from cxc.todo.holders import Holder, Waiting, holders_of
from cxc.todo.returns import may_read_return, returned_text
from cxc.todo.state_changes import StateChanges
from cxc.todo.subjects import zone_of
from cxc.todo.things import Key
from cxc.workflow.next_links import NextLink, next_link_of
from cxc.workflow.transitions import kind_of

Rows = TypeVar("Rows", bound=models.QuerySet[Any])
VisibleRows = VisibleQuerySet[Any]

# More than this many rows of one kind belong in a list with filters, not on a first page.
MAX_STAGE_ROWS = 5


class Stage(IntEnum):
    """The four stretches of the way."""

    REGISTRATION = 1
    MATCHING = 2
    BUILDING = 3
    FINALISATION = 4


STAGES = {
    Stage.REGISTRATION: gettext_lazy("Registration"),
    Stage.MATCHING: gettext_lazy("Matching"),
    Stage.BUILDING: gettext_lazy("Exchange building"),
    Stage.FINALISATION: gettext_lazy("Exchange finalisation"),
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
    def since_text(self) -> str:
        """“since 3 March 2026”, or ''."""
        return _("since %(day)s") % {"day": date_format(local(self.since), "DATE_FORMAT")} if self.since else ""

    @cached_property
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
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Each stretch with whether it is done, present or to come."""
        return _steps(self.stage, self.is_over, get_language())


@lru_cache(maxsize=256)
def _steps(present: Stage, is_over: bool, _language: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(label), "done" if stage < present or is_over else "present" if stage == present else "to-come")
        for stage, label in STAGES.items()
    )


@dataclass
class StageList:
    """The rows of the page, the furthest first, and links to the lists of what is left out: label and address."""

    rows: list[StageRow] = field(default_factory=list)
    more: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def first_next_link(self) -> NextLink | None:
        """The next step of the first row that knows one."""
        return next((row.next_link for row in self.rows if row.next_link), None)


RowOf = Callable[[Any], StageRow]
# Narrow queries for things of one kind, each with an index: together those of an actor.
Queries = Callable[[Actor], Sequence[VisibleRows]]


@dataclass(frozen=True)
class StageSource:
    """Where things of one kind stand: those of an actor, the row of one, and the list of all, with its name.

    comes_first  those that stand before the others, whatever is newer
    """

    things: Queries
    comes_first: Queries | None
    row: RowOf
    label: Any
    url_name: str


@dataclass(frozen=True)
class StageQuery:
    """One of the queries of a source, and whether its things come first."""

    source: StageSource
    comes_first: bool
    things: VisibleRows


_sources: list[StageSource] = []
_left_out: dict[str, list[Callable[[], Q]]] = defaultdict(list)


def stage_source(
    things: Queries, *, label: Any, url_name: str, comes_first: Queries | None = None
) -> Callable[[RowOf], RowOf]:
    """Add where these things of an actor stand, by the function that makes the row of one.

    The newest `MAX_STAGE_ROWS` are shown, after those that come first. Where there are more, the page links to the
    whole list, called `label`.
    """

    def register(row: RowOf) -> RowOf:
        if all(one.things is not things for one in _sources):
            _sources.append(StageSource(things, comes_first, row, label, url_name))
        return row

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


def stage_queries(actor: Actor) -> list[StageQuery]:
    """The queries for the actor's things, those that come first before the others of their source."""
    if actor.principal in {Principal.NONE, Principal.PORTAL}:
        return []
    return [
        StageQuery(source, queries is source.comes_first, things)
        for source in _sources
        for queries in (source.comes_first, source.things)
        if queries is not None
        for things in queries(actor)
    ]


def first_things(queries: Sequence[StageQuery], newest_ids: Sequence[Sequence[int]]) -> list[tuple[StageSource, Key]]:
    """The first things of each source, in order, by kind and id: one more than are shown."""
    found: dict[str, list[tuple[bool, int, StageSource, Key]]] = defaultdict(list)
    for query, ids in zip(queries, newest_ids, strict=True):
        kind = kind_of(query.things.model)
        found[query.source.url_name] += [(not query.comes_first, -pk, query.source, (kind, pk)) for pk in ids]
    return [one for rows in found.values() for one in _first(rows)]


def _first(rows: list[tuple[bool, int, StageSource, Key]]) -> list[tuple[StageSource, Key]]:
    """Each once, where it stands first."""
    ordered = sorted(rows, key=lambda row: row[:2])
    return list({key: (source, key) for _later, _newer, source, key in ordered}.values())[: MAX_STAGE_ROWS + 1]


def stages_of(
    first: Sequence[tuple[StageSource, Key]],
    things: Mapping[Key, Any],
    waiting: Waiting,
    changes: StateChanges,
    actor: Actor,
) -> StageList:
    """Where these of the actor's things stand; those of a kind are given in their order.

    They have been read (`things_of`), with what they wait for and with their changes of state.
    """
    found = StageList()
    for source in _sources:
        rows = [source.row(things[key]) for its, key in first if its is source and key in things]
        if len(rows) > MAX_STAGE_ROWS:
            found.more.append((source.label, f"{reverse(source.url_name)}?{EVERYTHING}"))
        found.rows += rows[:MAX_STAGE_ROWS]
    holders = holders_of(waiting, changes)
    held = [_held(row, actor, changes.moved_at, holders.get(row.key, [])) for row in found.rows]
    found.rows = sorted(held, key=_sort_key)
    return found


def _sort_key(row: StageRow) -> tuple[int, int]:
    """Sorts by who has to act (the reader, others, nobody any more), then the furthest stage first."""
    return (0 if row.is_mine else 2 if row.is_over else 1), -row.stage


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
