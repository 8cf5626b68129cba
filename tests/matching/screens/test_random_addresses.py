"""Whatever stands in an address of the catalogue: 200, or 400 with a sentence. ADDRESSES says how many."""

import os
import re

import pytest
from django.test import Client

from cxc.ground.access import Actor
from tests.matching import casting
from tests.matching.addresses import addresses
from tests.world import paths, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now"), pytest.mark.long]

NUMBER = int(os.environ.get("ADDRESSES", "500"))
SEED = int(os.environ.get("ADDRESSES_SEED", "3"))
SENTENCES = re.compile(r'<div class="alert alert-danger" role="alert">.*?<li>[^<]+: [^<]+</li>', re.DOTALL)


def test_random_addresses(client: Client) -> None:
    """By each kind of reader in turn. Of those answered well the canonical address brings the same number."""
    c = paths.cast()
    visitor, host = casting.visiting(c), casting.hosting(c)
    casting.another_host(c, "FR")
    readers = [c.vo, c.vop_coordinator, c.so, people.observer()]
    answers = {200: 0, 400: 0}
    for number, query in enumerate(addresses(NUMBER, SEED, [visitor.pk, host.pk])):
        sign_in(client, readers, number)
        response = client.get(f"/catalogue/?{query}")
        page = response.content.decode()
        assert response.status_code in answers, (query, response.status_code)
        answers[response.status_code] += 1
        if response.status_code == 400:
            assert SENTENCES.search(page), query
        elif number % 10 == 0:
            again = client.get(f"/catalogue/?{response.context['browsing'].query}")
            counts = [one.context["page"].paginator.count for one in (response, again)]
            assert (again.status_code, counts[0]) == (200, counts[1]), query
    assert min(answers.values()) > NUMBER / 10, answers


def sign_in(client: Client, readers: list[Actor], number: int) -> None:
    """Somebody else every so often: signing in costs more than a page."""
    every = max(NUMBER // len(readers), 1)
    if number % every == 0:
        client.force_login(people.known(readers[number // every % len(readers)]))
