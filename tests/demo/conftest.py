"""The demo world as the run's running portal has it, in a database of its own for a module."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from cxc.demo.loading import load
from cxc.ground import pdf
from launch.demo_world import TEMPLATE, TODAY
from launch.running import copied_database
from tests.demo.dump import dump, reset_sequences
from tests.world import kept


@dataclass
class World:
    """The day around which it lives, and what two loads of it were."""

    today: date
    earlier: dict[str, list[dict[str, Any]]]
    present: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def demo_world(demo_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Loaded here and undone, to compare it; then as another process has loaded it.

    Each test's own changes are undone by its savepoint.
    """
    with django_db_blocker.unblock():
        earlier = _load_and_undo()
        with copied_database(TEMPLATE), transaction.atomic():
            yield World(TODAY, earlier, dump())
            transaction.set_rollback(True)


def _load_and_undo() -> dict[str, list[dict[str, Any]]]:
    """Numbered from one as in a new database, whatever other tests have used up; without the time that PDFs take."""
    without_pdfs = patch.object(pdf, "available", return_value=False)
    with transaction.atomic(), without_pdfs:
        reset_sequences()
        kept.forget()
        assert load(TODAY)
        found = dump()
        transaction.set_rollback(True)
    return found
