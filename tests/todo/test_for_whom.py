"""What is derived waits for the same people at the same moments as what is stored.

`OwedItem.is_visible` and `is_for` say of one derived item what `owed_now` asks the database of all stored ones.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.demo.scenarios.days import now_of
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.items import owed_now
from cxc.todo.reading import reading
from cxc.todo.subjects import subjects
from cxc.workflow.deadlines import Deadlines
from tests.todo import stable
from tests.todo.on_days import everybody

pytestmark = [pytest.mark.usefixtures("demo_world", "db")]

Named = set[tuple[str, int, str]]


@pytest.mark.parametrize("offset", [-3, 0, 15, 98])
def test_both_wait_for_the_same_people(demo_world: date, offset: int) -> None:
    with clock.at(now_of(demo_world + timedelta(days=offset))):
        deadlines = Deadlines()
        derived = [item for item in everything_owed(deadlines) if item.is_visible(deadlines.now)]
        actors = everybody()
        found = {stable.actor_name(actor): (waiting(derived, actor), stored(actor, deadlines)) for actor in actors}
    assert {name: both for name, both in found.items() if both[0] != both[1]} == {}
    assert sum(len(here) for here, _there in found.values()) > len(actors)


def everything_owed(deadlines: Deadlines) -> list[OwedItem]:
    things = [(subject, set(subject.things().values_list("pk", flat=True))) for subject in subjects()]
    with reading() as together:
        return [item for subject, ids in things for item in owed_on(subject, ids, deadlines, together)]


def waiting(derived: Iterable[OwedItem], actor: Actor) -> Named:
    return {(one.subject.kind, one.thing.pk, one.todo.code) for one in derived if one.is_for(actor)}


def stored(actor: Actor, deadlines: Deadlines) -> Named:
    return set(owed_now(actor, deadlines).values_list("kind", "thing_id", "code"))
