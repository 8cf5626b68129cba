"""The demo world is the same on each load of one day: asked by `./portal bench demo`, for a load takes a minute."""

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from cxc.demo.loader import load
from cxc.documents import pdf
from tests.demo.dump import dump, reset_sequences
from tests.factories import cache
from tests.plugin.demo_world import TODAY


@pytest.fixture(scope="module")
def loaded_here(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[dict[str, Any]]]:
    """Loaded in this process and undone, numbered from one as in a new database; without the time that PDFs take."""
    without_pdfs = patch.object(pdf, "available", return_value=False)
    with django_db_blocker.unblock(), transaction.atomic(), without_pdfs:
        reset_sequences()
        cache.clear()
        assert load(TODAY)
        found = dump()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_two_processes_load_the_same(loaded_here: dict[str, list[dict[str, Any]]], demo_world: date) -> None:
    for kind, rows in dump().items():
        assert rows == loaded_here[kind], kind
