"""The portal served from the test's own process, on the day of the tests."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django.live_server_helper import LiveServer

from cxc import clock
from tests.scenarios import lifecycle


@pytest.fixture
def address(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where it is served."""
    shift = lifecycle.NOW - datetime.now(UTC)
    monkeypatch.setattr(clock, "offset", lambda: shift)
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
