"""The to-do page: what waits for an actor and where their things stand, read together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from cxc import clock
from cxc.access.actor_kinds import ActorKind, kind_of_actor, values_of
from cxc.access.scoped import Actor
from cxc.core.compiled_queries import compiled_once
from cxc.todo.holders import waiting_for
from cxc.todo.items import Source, TodoList, owed_first, rows_of_sources, source_queries, todo_list
from cxc.todo.newest import by_query, newest_of_each
from cxc.todo.stages import MAX_STAGE_ROWS, StageList, StageQuery, first_things, stage_queries, stages_of
from cxc.todo.state_changes import state_changes_of
from cxc.todo.things import things_of
from cxc.workflow.batch import reading_together
from cxc.workflow.deadlines import Deadlines


@dataclass(frozen=True)
class TodoPage:
    """What waits for an actor, and where their things stand."""

    todo: TodoList
    stages: StageList


def todo_page(actor: Actor, most: int | None = None) -> TodoPage:
    """With `most` rows of what waits for the actor. Things, items and changes of state are read once for both."""
    deadlines = Deadlines()
    kind, today = kind_of_actor(actor), clock.today()
    queries, sources = _queries_of(kind, today)
    number = len(queries) + len(sources)
    ids = by_query(newest_ids(kind, today, **values_of(actor)) if number else (), number)
    first = first_things(queries, ids[: len(queries)])
    others = rows_of_sources(sources, ids[len(queries) :], actor, deadlines)
    owed = owed_first(actor, deadlines, others, most)
    standing = [key for _source, key in first]
    things = things_of([*(item.key for item in owed.items), *standing], with_links=False, items=owed.items)
    waiting = waiting_for([things[key] for key in standing if key in things], actor, deadlines)
    changes = state_changes_of(standing, [*owed.items, *waiting.items])
    with reading_together() as batch:
        batch.add(things.values())
        todo = todo_list(owed, things, changes, actor, deadlines)
    return TodoPage(todo, stages_of(first, things, waiting, changes, actor))


@lru_cache
def _queries_of(kind: ActorKind, _today: date) -> tuple[Sequence[StageQuery], Sequence[tuple[Source, Any]]]:
    """What actors of this kind have on this day: of things on their way, and of sources; not whose they are."""
    actor = kind.actor(principal_id=0, user_id=0, address="")
    return stage_queries(actor), source_queries(actor)


@compiled_once
def newest_ids(kind: ActorKind, _today: date, **actor_values: Any) -> "QuerySet[Any, tuple]":
    """The position of each of these queries, stages first, and the ids of its newest rows."""
    actor = kind.actor(**actor_values)
    of_stages = [one.things for one in stage_queries(actor)]
    return newest_of_each([*of_stages, *(records for _source, records in source_queries(actor))], MAX_STAGE_ROWS + 1)
