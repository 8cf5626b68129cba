"""To-do and reminders of the whole demo world on ten days equal the committed tables.

After a wanted change write them anew with `WRITE_TABLES=1 ./portal test tests/todo`, read the
difference, and give its reason in differences.md beside them.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from cxc import clock
from cxc.demo.scenarios.days import now_of
from tests.todo.on_days import tables
from tests.todo.table import difference

HERE = Path(__file__).parent
ADVICE = "If that is wanted: WRITE_TABLES=1 ./portal test tests/todo, and give the reason in tests/todo/differences.md"

pytestmark = [pytest.mark.reconciles, pytest.mark.long(60), pytest.mark.usefixtures("demo_world", "db")]


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


def test_what_is_stored_is_what_the_declarations_say(demo_world: date) -> None:
    with clock.at(now_of(demo_world)):
        call_command("reconcile_todo", "--check")
