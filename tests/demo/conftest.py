"""The demo world, loaded once for a module and undone after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from cxc.demo.loading import load
from cxc.ground import pdf
from tests.demo.dump import dump, reset_sequences

# A Sunday, when nobody works: days are chosen around it all the same.
TODAY = date(2026, 11, 22)


@dataclass
class World:
    """The day around which it lives, and what two loads of it were."""

    today: date
    earlier: dict[str, list[dict[str, Any]]]
    present: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def demo_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Loaded, undone, and loaded again, without the time that PDFs take.

    Each test's own changes are undone by its savepoint.
    """
    without_pdfs = patch.object(pdf, "available", return_value=False)
    with django_db_blocker.unblock(), transaction.atomic(), without_pdfs:
        earlier = _load_and_undo()
        reset_sequences()
        assert load(TODAY)
        yield World(TODAY, earlier, dump())
        transaction.set_rollback(True)


def _load_and_undo() -> dict[str, list[dict[str, Any]]]:
    """Numbered from one as the second is, whatever other tests have used up."""
    reset_sequences()
    with transaction.atomic():
        assert load(TODAY)
        found = dump()
        transaction.set_rollback(True)
    return found
