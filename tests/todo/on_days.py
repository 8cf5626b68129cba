"""What everybody has to do, and whom the portal reminds, on each of ten days on which nobody does anything."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cxc import clock, todo
from cxc.access.scoped import Actor
from cxc.comms.recipients import addressees_on
from cxc.core import languages
from cxc.demo.scenarios.days import now_of
from cxc.todo import reconcile
from cxc.todo.reminders import ReminderMail, due_now, is_late
from cxc.todo.subjects import by_code
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
    with languages.english(), transaction.atomic():
        actors = everybody()
        for day in DAYS:
            with clock.at(now_of(day)):
                reconcile.reconcile_everything()  # as each night
                _add_items(made["todo"], day, actors)
                _add_reminders(made["reminders"], day)
        # What the nights of later days derived is not for other tests.
        transaction.set_rollback(True)
    return {name: table.text() for name, table in made.items()}


def everybody() -> list[Actor]:
    """Everyone who can sign in, once for each body for which they may act."""
    users = User.objects.filter(is_active=True).order_by("email")
    return [
        actor_of(user, key)
        for user in users
        for key in ([principal.key for principal in available_principals(user)] or [""])
    ]


def _add_items(table: Table, day: date, actors: Sequence[Actor]) -> None:
    deadlines, known = Deadlines(), by_code()
    for actor in actors:
        for item in todo.items_for(actor, deadlines):
            thing = stable.label(item.thing)
            blocks = ("yes" if known[item.name][1].todo.blocks else "no") if item.name in known else None
            facts = item.group, item.title, thing, item.due, blocks, stable.address(item.url, thing)
            table.add(day, "late" if item.is_late else "open", stable.actor_name(actor), *facts)


def _add_reminders(table: Table, day: date) -> None:
    deadlines = Deadlines()
    for one in due_now(deadlines):
        late = is_late(one.subject, one.owed, one.thing, one.due, deadlines)
        table.add(day, "late" if late else "due", *_facts(one))


def _facts(one: ReminderMail) -> tuple[Any, ...]:
    todo = one.owed.todo
    thing = stable.label(one.subject.label(one.thing))
    to = " ".join(sorted(stable.person(reader.person) for reader in addressees_on(one.thing, *todo.reminded)))
    link = stable.address(todo.path(one.thing), thing)
    return todo.code, one.owed.label, thing, one.due, f"{one.offset:+d}", to, link
