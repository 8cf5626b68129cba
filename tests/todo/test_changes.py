"""After every change of its inputs the stored to-do is what the declarations say, once the requests are worked off."""

import pytest

from cxc.todo import reconcile
from cxc.todo.models import TodoItem
from tests.todo.changes.every import CHANGES, WITHOUT_EFFECT
from tests.todo.changes.steps import After
from tests.todo.everything import parties_with_things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def wrong() -> list[str]:
    """What is stored otherwise than it is derived."""
    return [line for page in reconcile.pages_of_everything() for line in reconcile.differences(page)]


def stored() -> set[tuple[object, ...]]:
    fields = ("kind", "thing_id", "code", "principal", "principal_id", *reconcile.COMPARED_FIELDS)
    return set(TodoItem.objects.values_list(*fields))


@pytest.mark.parametrize("name", [*CHANGES, *WITHOUT_EFFECT])
def test_the_stored_to_do_follows(name: str) -> None:
    parties = parties_with_things()
    change = CHANGES.get(name) or WITHOUT_EFFECT[name]
    if isinstance(change, After):
        change.begin(parties)
    before = stored()
    change(parties)
    reconcile.work_off()
    assert wrong() == []
    assert (stored() != before) == (name in CHANGES)
