"""The demo world as the run's running portal has it, in a database of its own for a module."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from launch.demo_world import TEMPLATE, TODAY
from launch.running import copied_database


@pytest.fixture(scope="module")
def demo_world(demo_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """As another process has loaded it; the day around which it lives.

    Each test's own changes are undone by its savepoint.
    """
    with django_db_blocker.unblock(), copied_database(TEMPLATE), transaction.atomic():
        yield TODAY
        transaction.set_rollback(True)
