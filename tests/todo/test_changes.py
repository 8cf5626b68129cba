"""After every change of its inputs the stored to-do is what the declarations say, once the requests are worked off."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from cxc.todo import reconcile
from cxc.todo.models import TodoItem
from tests.factories.parties import Parties
from tests.todo.changes.all_changes import CHANGES, WITHOUT_EFFECT
from tests.todo.changes.steps import After
from tests.todo.things_in_each_state import parties_with_things

pytestmark = [pytest.mark.long(150), pytest.mark.django_db, pytest.mark.usefixtures("now")]

NAMES = [*CHANGES, *WITHOUT_EFFECT]
# So many tests share the changes out, for the workers; each makes its things once and takes every change back.
PARTS = 4


def stored() -> set[tuple[object, ...]]:
    fields = ("kind", "thing_id", "code", "principal", "principal_id", *reconcile.COMPARED_FIELDS)
    return set(TodoItem.objects.values_list(*fields))


def problems_after(name: str, parties: Parties) -> Iterator[str]:
    """What is wrong after this change, which is taken back."""
    change = CHANGES.get(name) or WITHOUT_EFFECT[name]
    with transaction.atomic():
        if isinstance(change, After):
            change.begin(parties)
        before = stored()
        change(parties)
        reconcile.work_off()
        yield from (f"{name}: {line}" for line in reconcile.all_differences())
        if (stored() != before) != (name in CHANGES):
            yield f"{name}: changed {'nothing' if name in CHANGES else 'something'}"
        transaction.set_rollback(True)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_stored_to_do_follows_every_change(part: int) -> None:
    parties = parties_with_things()
    found = [line for name in NAMES[part::PARTS] for line in problems_after(name, deepcopy(parties))]
    assert "\n".join(found) == ""
