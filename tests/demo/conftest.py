"""The demo world, loaded once for a module and undone after it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from cxc.demo.loading import load

# A Sunday, when nobody works: days are chosen around it all the same.
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """The day around which it lives. Each test's own changes are undone by its savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load(TODAY)
        yield TODAY
        transaction.set_rollback(True)
