"""Secrets in addresses stay out of the logs; a new address with one has to be masked too."""

import pytest
from django.urls import get_resolver

from cxc.core.secret_addresses import masked
from tests.web.test_addresses import patterns

SECRET = "s3cret-of_somebody"
# These name something that is no secret.
PLAIN = {"statistics/<slug:key>.csv"}
OF_LIBRARIES = ["/account/confirm-email/MTI:1uQ:x-Y_z/", f"/account/password/reset/key/5-{SECRET}/"]


def with_secret(pattern: str) -> str:
    return "/" + pattern.replace("<slug:secret>", SECRET).replace("<slug:key>", SECRET)


ADDRESSES = [
    with_secret(pattern)
    for pattern, _entry in patterns(get_resolver())
    if ("<slug:secret>" in pattern or "<slug:key>" in pattern) and pattern not in PLAIN
]


@pytest.mark.parametrize("address", [*ADDRESSES, *OF_LIBRARIES])
def test_the_secret_of_an_address_is_masked(address: str) -> None:
    assert SECRET not in masked(address)
    assert "x-Y_z" not in masked(address)
    assert "…" in masked(address)


def test_there_are_such_addresses_and_others_stay_readable() -> None:
    assert len(ADDRESSES) >= 5
    for plain in ("/statistics/visitors.csv", "/invitations/", "/exchanges/12/plan/", "Not Found: %s"):
        assert masked(plain) == plain
