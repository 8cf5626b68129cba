"""Fixtures that every test may use: a browser, a running portal, databases of its own. Loaded by pyproject.toml."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launch import system
from tests.plugin.run import shared_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

    from tests.plugin.portal import RunningPortal

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds: right after its start the portal makes PDFs on the cores that the tests share.
TIMEOUT_MS = 60_000


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, started once per module.

    While it is open, Django takes this thread for asynchronous code and keeps other connections
    than before and after: so none is left open across its begin and end.
    """
    from playwright.sync_api import sync_playwright

    _close_connections()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system.chromium(), args=CHROMIUM_OPTIONS)
        yield chromium
        _close_connections()
        chromium.close()


def _close_connections() -> None:
    from django.db import connection, connections

    if not connection.in_atomic_block:
        connections.close_all()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """An empty page with no memory of earlier ones; a script error or refused content fails the test."""
    from playwright.sync_api import expect

    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(TIMEOUT_MS)
    expect.set_options(timeout=TIMEOUT_MS)
    found: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: found.append(str(error)))
    opened.on("console", lambda message: found.append(message.text) if _is_refusal(message.text) else None)
    yield opened
    context.close()
    assert found == []


def _is_refusal(text: str) -> bool:
    return "Content Security Policy" in text


@pytest.fixture(scope="session")
def running_portal(tmp_path_factory: pytest.TempPathFactory) -> "RunningPortal":
    """The portal as `./portal up` starts it: web, worker, beat, demo world, on a database of its own.

    For tests that need the real processes or a browser. It is shared by the whole run, so a
    test makes its own things in it.
    """
    from tests.plugin import demo_world
    from tests.plugin.portal import shared_portal

    return shared_portal(shared_folder(tmp_path_factory), demo_world.portal)


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world is loaded, into the database `tests.plugin.demo_world.TEMPLATE` and this folder."""
    from tests.plugin import demo_world

    return demo_world.ensure_loaded(shared_folder(tmp_path_factory))


@pytest.fixture(scope="module")
def empty_portal(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[RunningPortal]":
    """The same processes without the demo world, for one module alone; the clock can be moved."""
    from tests.plugin.portal import running

    home = tmp_path_factory.mktemp("empty-portal")
    with running(home, "--no-demo", name="cxc_empty", broker=14, CXC_MOVABLE_CLOCK="1") as portal:
        portal.manage("clock", "reset")
        yield portal


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """A copy of the test database in which commits are real, dropped afterwards.

    For tests with parallel connections (threads). Instead of `transaction=True`, which empties
    the tables and is refused by the trigger that guards the events.
    """
    from tests.plugin.portal import copied_database

    with django_db_blocker.unblock(), copied_database():
        yield


@pytest.fixture
def own_var_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """CXC_VAR_DIR for this test alone."""
    monkeypatch.setenv("CXC_VAR_DIR", str(tmp_path))
    return tmp_path
