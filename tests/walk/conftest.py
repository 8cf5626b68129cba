"""The portal, the people and their windows for the walks."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from playwright.sync_api import Browser
from pypdf import PdfWriter

from tests.plugin.portal import RunningPortal
from tests.walk.records import HOST_WITH_TASKS, REFERENCE_RECORDS
from tests.walk.steps import Persona, Walk
from tests.walk.window import Window

SomePersona = TypeVar("SomePersona", bound=Persona)


class OpenPersona(Protocol):
    """Gives a person their desk with a window of their own."""

    def __call__(
        self, persona: type[SomePersona], who: str, kind: type[Window] = Window, /, **window: Any
    ) -> SomePersona: ...


@pytest.fixture
def portal(empty_portal: RunningPortal) -> RunningPortal:
    """An empty portal that knows its reference records, on a Monday morning in 2026."""
    empty_portal.manage("clock", "set", "2026-09-07T09:00")
    empty_portal.manage("shell", "-c", REFERENCE_RECORDS)
    return empty_portal


@pytest.fixture
def host_with_tasks(running_portal: RunningPortal) -> dict[str, str]:
    """Somebody in the running portal whom a proposal reached and who has a CTQ to sign: names and addresses."""
    found: dict[str, str] = json.loads(
        running_portal.manage("shell", "--no-imports", "-c", HOST_WITH_TASKS).splitlines()[-1]
    )
    return found


@pytest.fixture
def open_persona(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenPersona]:
    """What goes wrong in anybody's window, in its console, on its way or on its pages, fails the test."""
    name = "portal" if "portal" in request.fixturenames else "running_portal"
    portal: RunningPortal = request.getfixturevalue(name)
    walk, windows = Walk(tmp_path), list[Window]()

    def opened(persona: type[SomePersona], who: str, kind: type[Window] = Window, /, **window: Any) -> SomePersona:
        windows.append(kind(browser, portal, who, **window))
        return persona(walk, windows[-1])

    yield opened
    request.node.add_report_section("call", "steps", walk.summary())
    for window in windows:
        window.close()
    assert [error for window in windows for error in window.errors] == []


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A sound PDF with one empty page, as a scanner would make it."""
    path = tmp_path / "scan.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)
    return path
