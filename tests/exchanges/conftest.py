"""A portal served from the test's own process, and its clock."""

from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer

from cxc import clock
from tests.exchanges.nine_visitors import Calendar


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    found = Calendar()
    monkeypatch.setattr(clock, "offset", lambda: found.shift)
    return found


@pytest.fixture
def address(committed_db: None) -> Iterator[str]:
    """The portal served from this process, so that the browser and the test client meet in one database."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
