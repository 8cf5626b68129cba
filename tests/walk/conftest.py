"""The portal, the people and their windows for the walks."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from playwright.sync_api import Browser
from pypdf import PdfWriter

from launch import ephemeral
from launch.paths import PYTHON, ROOT
from tests.plugin import machines
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
def portal(request: pytest.FixtureRequest) -> Iterator[RunningPortal]:
    """An empty portal that knows its reference records, on a Monday morning in 2026.

    WALK_MACHINES (`./portal bench machines`): on several machines, with the PostgreSQL whose binaries it names.
    """
    with ExitStack() as stack:
        if "WALK_MACHINES" in os.environ:
            found: RunningPortal = stack.enter_context(on_machines(Path(os.environ["WALK_MACHINES"])))
        else:
            found = request.getfixturevalue("empty_portal")
        found.manage("clock", "set", "2026-09-07T09:00")
        found.manage("shell", "-c", REFERENCE_RECORDS)
        yield found


@contextmanager
def on_machines(binaries: Path) -> Iterator[RunningPortal]:
    home = ephemeral.new_home()
    try:
        with machines.database_server(home, binaries) as (server, _process_group):
            migrate = [str(PYTHON), "manage.py", "migrate", "--verbosity", "0"]
            variables = {"DATABASE_URL": server.url, "CXC_VAR_DIR": str(home)}
            subprocess.run(migrate, cwd=ROOT, env=os.environ | variables, check=True)
            with machines.started(home, server.url, {"CXC_MOVABLE_CLOCK": "1"}) as found:
                yield found.portal
                assert min(found.balancer.answered_by.values()) > 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
