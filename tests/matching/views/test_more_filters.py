"""The catalogue's form folds what few ask for, until it is asked for."""

import re

import pytest

from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.html import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("", False), ("country=BE&q=ports", False), ("places=3", True), ("hidden=on", True), ("places=none", True)],
)
def test_more_filters_are_unfolded_where_one_is_set(query: str, is_open: bool) -> None:
    page = source_of(client_for(usual_parties().so).get(f"/catalogue/?{query}"))
    (fold,) = re.findall(r'<details class="more-filters"([^>]*)>', page)
    folded = page[page.index('class="more-filters"') : page.index('class="filters-actions"')]
    assert ("open" in fold, 'name="places"' in folded, 'name="country"' in folded) == (is_open, True, False)
