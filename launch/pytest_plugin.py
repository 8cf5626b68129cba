"""What every test of the portal may use. Loaded by pyproject.toml; needs the dev packages.

Markers `browser`, `pdf_tools` and `pdf` name what a test needs from the system. Where it
is missing the test is skipped and the end of the run says so; REQUIRE_BROWSER=1 makes it
a failure.
"""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.terminal import TerminalReporter

from launch import system

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

    from launch.running import RunningPortal

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
PATIENCE = 60_000
BROWSER_MINUTES = 9  # of the twenty that a whole run may take
BROWSER_FIXTURES = {"browser", "page"}
DEMO_FIXTURES = {"running_portal", "demo_files"}


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ:
        raise pytest.UsageError("The tests need PostgreSQL and Valkey: run them with ./portal test")
    if not _is_worker():
        # Told to end, as by Ctrl-C: the portal that the tests have started ends too.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", [])):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    # What is loaded by now stays: the collector need not look through it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, packages in missing_packages().items():
        if item.get_closest_marker(marker):
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{marker}: missing {packages}", pytrace=False)
            pytest.skip(f"{marker}: missing {packages}")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    _tell_browser_time(terminalreporter)
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for marker, packages in missing_packages().items():
        count = sum(f"{marker}: missing" in reason for reason in skipped)
        if count:
            text = f"NOT RUN: {count} tests marked {marker}. As root: apt-get install {packages}"
            terminalreporter.write_line(text, red=True, bold=True)


def _tell_browser_time(terminalreporter: TerminalReporter) -> None:
    """What the tests in Chromium took, with the portals started for them: a figure, no verdict.

    Tests run side by side: the run would be shorter by the sum divided by the number of its processes.
    """
    known = [one for all_of_a_kind in terminalreporter.stats.values() for one in all_of_a_kind]
    spent = [one.duration for one in known if isinstance(one, pytest.TestReport) and "browser" in one.keywords]
    if spent:
        processes = terminalreporter.config.getoption("numprocesses", None) or 1
        text = (
            f"Tests in a browser: {_told(sum(spent))} in sum; with {processes} at a time they take"
            f" {_told(sum(spent) / processes)} of the run (aim: at most {BROWSER_MINUTES} min)"
        )
        terminalreporter.write_line(text)


def _told(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def missing_packages() -> dict[str, str]:
    """Marker to the Debian packages that it lacks here."""
    tools = [package for tool, package in (("qpdf", "qpdf"), ("pdftotext", "poppler-utils")) if not shutil.which(tool)]
    found = {
        "browser": "" if system.chromium() else f"{system.CHROMIUM_PACKAGE} fonts-dejavu-core",
        "pdf_tools": " ".join(tools),
        "pdf": "" if system.has_pango() else " ".join(system.PANGO_PACKAGES),
    }
    return {marker: packages for marker, packages in found.items() if packages}


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
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
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
    from launch import demo_world
    from launch.running import shared

    return shared(_meeting_place(tmp_path_factory), demo_world.portal)


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world is loaded, into the database `launch.demo_world.TEMPLATE` and this folder."""
    from launch import demo_world

    return demo_world.ready(_meeting_place(tmp_path_factory))


def pytest_collection_finish(session: pytest.Session) -> None:
    """The demo world takes a minute: it is loaded while tests run that do without."""
    from launch import demo_world

    waiting = any(DEMO_FIXTURES & set(getattr(item, "fixturenames", [])) for item in session.items)
    if waiting and not session.config.option.collectonly:
        demo_world.ready_by_and_by(_meeting_place(session.config._tmp_path_factory))  # type: ignore[attr-defined]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not _is_worker():
        from launch.running import stop_shared

        stop_shared(_meeting_place(session.config._tmp_path_factory))  # type: ignore[attr-defined]


def _is_worker() -> bool:
    """One of several processes of a run (pytest-xdist)."""
    return "PYTEST_XDIST_WORKER" in os.environ


def _meeting_place(factory: pytest.TempPathFactory) -> Path:
    """The run's folder, which all its processes know."""
    base = factory.getbasetemp()
    return base.parent if _is_worker() else base


@pytest.fixture(scope="module")
def empty_portal(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[RunningPortal]":
    """The same processes without the demo world, for one module alone; the clock can be moved."""
    from launch.running import running

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
    from launch.running import copied_database

    with django_db_blocker.unblock(), copied_database():
        yield


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """CXC_VAR_DIR for this test alone."""
    monkeypatch.setenv("CXC_VAR_DIR", str(tmp_path))
    return tmp_path
