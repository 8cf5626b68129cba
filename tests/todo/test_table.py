"""To-do and reminders of the whole demo world on ten days equal the committed tables.

After a wanted change write them anew with `WRITE_TABLES=1 ./portal test tests/todo`, read the
difference, and give its reason in differences.md beside them.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from cxc import clock, todo
from cxc.demo.scenarios.days import now_of
from cxc.workflow.deadlines import Deadlines
from profiles.models import User
from profiles.queries.principals import actor_of
from tests.todo.on_days import as_seen_by, owed_by_anybody, tables
from tests.todo.table import difference

HERE = Path(__file__).parent
ADVICE = "If that is wanted: WRITE_TABLES=1 ./portal test tests/todo, and give the reason in tests/todo/differences.md"

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("demo_world", "db")]


@pytest.fixture(scope="module")
def made(demo_world: date) -> dict[str, str]:
    return tables()


@pytest.mark.parametrize("name", ["todo", "reminders"])
def test_the_table_equals_the_committed_one(made: dict[str, str], name: str) -> None:
    committed = HERE / f"{name}.csv"
    if os.environ.get("WRITE_TABLES"):
        committed.write_text(made[name])
    changed = difference(committed.read_text(), made[name])
    if changed:
        pytest.fail(f"{name}.csv differs (- committed, + now):\n{changed}\n{ADVICE}", pytrace=False)


@pytest.mark.parametrize("name", ["visitor", "host", "coordinator", "support", "observer"])
def test_the_table_has_the_items_of_the_page(demo_world: date, name: str) -> None:
    """The table reads everything once for everybody; the page reads what one person may see."""
    actor = actor_of(User.objects.get(email=f"{name}@demo.example"))
    with clock.at(now_of(demo_world)):
        deadlines = Deadlines()
        assert todo.items_for(actor, deadlines, as_seen_by(actor, owed_by_anybody(deadlines))) == todo.items_for(
            actor, deadlines
        )
