"""What everybody has to do, and whom the portal reminds, on each of ten days on which nobody does anything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cxc import clock, todo
from cxc.access.scoped import Actor, may_see, sides_of
from cxc.comms.recipients import people_on
from cxc.core import languages
from cxc.demo.scenarios.days import now_of
from cxc.todo.derive import owed_on
from cxc.todo.reminders import ReminderMail, due_now
from cxc.todo.subjects import subjects
from cxc.workflow.deadlines import Deadlines
from profiles.models import User
from profiles.queries.principals import actor_of, available_principals
from tests.plugin.demo_world import TODAY
from tests.todo import stable
from tests.todo.table import Table

# Of all days these ten show the most: nearly every reminder at each of its offsets, everything before it is due
# and late, drafts that should have been archived, and the follow-up after two months and after a year.
OFFSETS = (-20, -3, 0, 3, 9, 15, 18, 22, 98, 314)
DAYS = tuple(TODAY + timedelta(days=offset) for offset in OFFSETS)

TODO_COLUMNS = ("who", "group", "title", "thing", "due", "holds up", "link")
REMINDER_COLUMNS = ("reminder", "title", "thing", "due", "days from due", "to", "link")


def tables() -> dict[str, str]:
    """The text of each table by its name."""
    made = {"todo": Table(TODO_COLUMNS, DAYS), "reminders": Table(REMINDER_COLUMNS, DAYS)}
    with languages.english():
        actors = everybody()
        for day in DAYS:
            with clock.at(now_of(day)):
                _add_items(made["todo"], day, actors)
                _add_reminders(made["reminders"], day)
    return {name: table.text() for name, table in made.items()}


def everybody() -> list[Actor]:
    """Everyone who can sign in, once for each body for which they may act."""
    users = User.objects.filter(is_active=True).order_by("email")
    return [
        actor_of(user, key)
        for user in users
        for key in ([principal.key for principal in available_principals(user)] or [""])
    ]


def owed_by_anybody(deadlines: Deadlines) -> list[todo.Owed]:
    """Everything that is owed on anything, read once for all who may see it."""
    return [
        todo.Owed(item, frozenset())
        for subject in subjects()
        for item in owed_on(subject, subject.things(), deadlines)
        if item.is_visible(deadlines.now)
    ]


def as_seen_by(actor: Actor, owed: Sequence[todo.Owed]) -> list[todo.Owed]:
    """What `todo.survey` finds for the actor."""
    return [
        replace(one, mine=sides_of(actor, one.item.thing))
        for one in owed
        if may_see(actor, one.item.thing, one.item.subject.permission)
    ]


def _add_items(table: Table, day: date, actors: Sequence[Actor]) -> None:
    deadlines = Deadlines()
    owed = owed_by_anybody(deadlines)
    holds_up = {one.item.key: "yes" if one.item.blocks else "no" for one in owed}
    for actor in actors:
        for item in todo.items_for(actor, deadlines, as_seen_by(actor, owed)):
            thing = stable.label(item.thing)
            facts = item.group, item.title, thing, item.due, holds_up.get(item.key), stable.address(item.url, thing)
            table.add(day, "late" if item.is_late else "open", stable.actor_name(actor), *facts)


def _add_reminders(table: Table, day: date) -> None:
    for one in due_now(Deadlines()):
        table.add(day, "late" if one.is_late else "due", *_facts(one))


def _facts(one: ReminderMail) -> tuple[Any, ...]:
    item = one.item
    thing = stable.label(item.subject.label(item.thing))
    to = " ".join(sorted(stable.person(user) for user in people_on(item.thing, *item.todo.reminded)))
    link = stable.address(item.todo.path(item.thing), thing)
    return item.todo.code, item.label, thing, one.due, f"{one.offset:+d}", to, link
