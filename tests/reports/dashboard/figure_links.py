"""Follows every number of a dashboard into its list."""

import re
from html import unescape

from django.test import Client

FIGURE = re.compile(r'<a\s+class="figure[^"]*"\s+href="([^"]+)"\s+data-number="(\d+)"')


def figures(client: Client, address: str) -> dict[str, int]:
    """Each number on the page, by the address of its list."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    found: dict[str, int] = {}
    for url, number in FIGURE.findall(response.content.decode()):
        assert found.setdefault(unescape(url), int(number)) == int(number), f"{url} with two numbers on {address}"
    return found


def wrong_figures(client: Client, address: str) -> dict[str, tuple[int, int]]:
    """Each list that does not hold as many rows as the page says: what the page says, and what the list does."""
    wrong = {}
    found = figures(client, address)
    assert found, f"no numbers on {address}"
    for url, number in found.items():
        listing = client.get(url).context["listing"]
        assert listing.is_valid, url
        if listing.count != number:
            wrong[url] = (number, listing.count)
    return wrong
