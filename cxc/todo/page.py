"""The to-do page: what waits for an actor and where their things stand, read together."""

from dataclasses import dataclass

from cxc.access.scoped import Actor
from cxc.todo.holders import waiting_for
from cxc.todo.items import TodoList, owed_first, rows_of_sources, source_queries, todo_list
from cxc.todo.newest import newest
from cxc.todo.stages import MAX_STAGE_ROWS, StageList, first_things, stage_queries, stages_of
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
    queries, sources = stage_queries(actor), source_queries(actor)
    asked = [*(one.things for one in queries), *(records for _source, records in sources)]
    ids = newest(asked, MAX_STAGE_ROWS + 1)
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
