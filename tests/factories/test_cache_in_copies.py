"""Worlds that are built in a copied database are not cache."""

import pytest
from django.db import transaction

from tests.factories import cache
from tests.factories.parties import usual_parties

pytestmark = pytest.mark.usefixtures("now")


def test_in_a_copy_of_the_database_it_is_built(committed_db: None) -> None:
    """Numbers that a copy gave to its rows are not taken in the database of the other tests."""
    cache.clear()
    cache.begin_test(uses_cache=True)
    with transaction.atomic():
        usual_parties()
        transaction.set_rollback(True)
    assert cache._cache.snapshots == {}
