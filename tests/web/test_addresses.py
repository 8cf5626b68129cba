"""Every address of the portal says whom it asks in. (`tests/demo/test_world.py` follows the links.)"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# These ask for themselves: the libraries' doors, and the Django admin.
OWN_DOORS = ("account/", "support-office/")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address with its view, the libraries' own left out."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if address.startswith(OWN_DOORS):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


ALL = dict(patterns(get_resolver()))


def test_every_view_says_whom_it_asks_in() -> None:
    assert {address for address, entry in ALL.items() if getattr(entry.callback, "access_rule", None) is None} == set()


@pytest.mark.parametrize("address", [address for address in ALL if "<" not in address])
def test_nobody_signed_in_sees_public_pages_only(client: Client, address: str) -> None:
    public = getattr(ALL[address].callback, "access_rule", "") == "public"
    answer: Any = client.get(f"/{address}")
    made_later = {202, 503} if address.endswith(".pdf") else set()
    not_set = {404} if address == "emblem.svg" else set()
    assert answer.status_code in ({200, 302, 400, 405} | made_later | not_set if public else {302, 405})
    if not public and answer.status_code == 302:
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "/moves/exchanges.exchange/7/set_ready_late/?from=mail",
            "/transitions/exchanges.exchange/7/set_ready_late/?from=mail",
        ),
        ("/visits/7/frame/", "/visits/7/dates/"),
        ("/visits/7/askers/", "/visits/7/join-requests/"),
        ("/visits/7/fill/", "/visits/7/plan/"),
        ("/profiles/7/put-right/address/", "/profiles/7/"),
    ],
)
def test_an_address_of_an_older_mail_leads_on(client: Client, old: str, new: str) -> None:
    answer: Any = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
