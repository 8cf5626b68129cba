"""Secrets in addresses stay out of the logs; a new address with one has to be masked too."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from gunicorn.config import Config

from cxc.core.access_log import AccessLogger
from cxc.core.secret_addresses import SecretsFilter, masked
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


def test_a_line_of_the_log_is_masked() -> None:
    record = logging.LogRecord("django", 30, "", 0, "%s: %s %d", ("Not Found", f"/invitations/{SECRET}/", 404), None)
    assert SecretsFilter().filter(record)
    assert record.getMessage() == "Not Found: /invitations/…/ 404"


def test_the_access_log_is_masked() -> None:
    request = SimpleNamespace(headers=[], method="GET")
    response: Any = SimpleNamespace(status="404 Not Found", sent=1, headers=[])
    path = f"/help/mine/{SECRET}/"
    environ = {"RAW_URI": path, "PATH_INFO": path, "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1"}
    took = SimpleNamespace(seconds=0, microseconds=1)
    found = AccessLogger(Config()).atoms(response, request, environ, took)
    assert SECRET not in str(found)
    assert found["U"] == "/help/mine/…/"


def test_every_handler_of_the_portal_masks() -> None:
    from cxc import settings as portal_settings

    handlers: Any = portal_settings.LOGGING["handlers"]
    assert all("secrets" in handler["filters"] for handler in handlers.values())
    assert "AccessLogger" in (settings.BASE_DIR / "Dockerfile").read_text()
