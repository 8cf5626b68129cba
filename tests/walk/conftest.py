"""The portal, the people and their windows for the walk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from launch.running import RunningPortal
from tests.walk.setting import REFERENCE_RECORDS
from tests.walk.steps import Desk, Walk
from tests.walk.window import Window

SomeDesk = TypeVar("SomeDesk", bound=Desk)
Seat = Callable[[type[SomeDesk], str], SomeDesk]


@pytest.fixture
def portal(empty_portal: RunningPortal) -> RunningPortal:
    """An empty portal that knows its reference records, on a Monday morning in 2026."""
    empty_portal.manage("clock", "set", "2026-09-07T09:00")
    empty_portal.manage("shell", "-c", REFERENCE_RECORDS)
    return empty_portal


@pytest.fixture
def seat(browser: Browser, portal: RunningPortal, tmp_path: Path, request: pytest.FixtureRequest) -> "Iterator[Seat]":
    """Give a person their desk with a window of their own; an error in any console fails the test."""
    walk, windows = Walk(tmp_path), list[Window]()

    def seated(desk: type[SomeDesk], who: str) -> SomeDesk:
        windows.append(Window(browser, portal, who))
        return desk(walk, windows[-1])

    yield seated
    request.node.add_report_section("call", "steps", walk.told())
    for window in windows:
        window.close()
    assert [error for window in windows for error in window.errors] == []
