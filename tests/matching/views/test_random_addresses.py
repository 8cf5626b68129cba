"""Whatever stands in an address of the catalogue: 200, or 400 with a sentence. ADDRESSES says how many."""

import os
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from cxc.access.scoped import Actor
from matching.catalogue.search import CatalogueSearch
from matching.views.catalogue import catalogue
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.matching.random_addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now"), pytest.mark.long(30)]

NUMBER = int(os.environ.get("ADDRESSES", "200"))
SEED = int(os.environ.get("ADDRESSES_SEED", "3"))
SENTENCES = re.compile(r'<div class="alert alert-danger" role="alert">.*?<li>[^<]+: [^<]+</li>', re.DOTALL)


def test_random_addresses() -> None:
    """By each kind of reader in turn. Of those answered well the canonical address finds the same number."""
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    factories.another_host(parties, "FR")
    readers = [parties.vo, parties.vop_coordinator, parties.so, people.observer()]
    answers = {200: 0, 400: 0}
    for number, query in enumerate(addresses(NUMBER, SEED, [visitor.pk, host.pk])):
        reader = readers[number % len(readers)]
        status, page = answer(reader, query)
        assert status in answers, (query, status)
        answers[status] += 1
        if status == 400:
            assert SENTENCES.search(page), query
        elif number % 10 == 0:
            shared = CatalogueSearch(reader, QueryDict(query))
            assert shared.rows.count() == CatalogueSearch(reader, QueryDict(shared.query)).rows.count(), query
    assert min(answers.values()) > NUMBER / 10, answers


def answer(reader: Actor, query: str) -> tuple[int, str]:
    """The page, without what the test client keeps of every template: that takes longer than the page."""
    request: Any = RequestFactory().get(f"/catalogue/?{query}")
    request.actor, request.user = reader, reader.user
    response = catalogue(request)
    return response.status_code, response.content.decode()  # type: ignore[attr-defined]
