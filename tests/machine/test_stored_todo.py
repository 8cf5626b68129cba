"""The machine's comparison of the stored to-do tells all that the portal's own check tells."""

import pytest

from cxc.todo import reconcile
from cxc.todo.models import TodoItem
from tests.factories.parties import usual_parties
from tests.machine import stored_todo
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_whatever_is_stored_wrongly_is_told() -> None:
    lifecycle.in_preparation(usual_parties())
    assert stored_todo.differences() == []
    first, second, third = TodoItem.objects.order_by("code")[:3]
    first.delete()
    TodoItem.objects.filter(pk=second.pk).update(due="1999-12-31")
    TodoItem.objects.filter(pk=third.pk).update(thing_id=987_654)
    told = stored_todo.differences()
    assert {line.partition(":")[0] for line in told} == {"missing", "left over", "other dates"}
    pages = reconcile.pages_of_everything()
    assert sorted(told) == sorted(line for page in pages for line in reconcile.differences(page))
