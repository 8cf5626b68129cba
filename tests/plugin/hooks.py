"""Hooks of pytest: order, what is skipped, the end of a run. Loaded by pyproject.toml; needs the dev packages.

Markers `browser`, `pdf_tools` and `pdf` name what a test needs from the system. Where it
is missing the test is skipped and the end of the run says so; REQUIRE_BROWSER=1 makes it
a failure.
"""

import gc
import os
import shutil
import signal
from collections.abc import Collection

import pytest
from _pytest.terminal import TerminalReporter

from launch import system
from tests.plugin import slow_tests
from tests.plugin.run import is_worker, shared_folder

BROWSER_MINUTES = 9  # of the twenty that a whole run may take

BROWSER_FIXTURES = {"browser", "page"}

DEMO_FIXTURES = {"running_portal", "demo_files"}
# What a quick run leaves out, beside slow tests and files marked `long`.
SLOW_FIXTURES = BROWSER_FIXTURES | DEMO_FIXTURES | {"empty_portal"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick",
        action="store_true",
        help="leave out slow tests, files marked long, and what needs a browser, the demo world or a running portal",
    )


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ:
        raise pytest.UsageError("The tests need PostgreSQL and Valkey: run them with ./portal test")
    if not is_worker():
        # Told to end, as by Ctrl-C: the portal that the tests have started ends too.
        signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("quick"):
        slow = slow_tests.slow_tests()
        config.hook.pytest_deselected(items=[item for item in items if is_slow(item, slow)])
        items[:] = [item for item in items if not is_slow(item, slow)]
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", [])):
            item.add_marker(pytest.mark.browser)
    items[:] = in_order(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
    # What is loaded by now stays: the collector need not look through it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def in_order(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """The longest files first, so that none is left over at the end; the rest as it comes.

    Each process begins with one that does without the demo world, which is loaded meanwhile.
    """
    ordered = sorted(items, key=_seconds, reverse=True)
    without = dict.fromkeys(item.path for item in ordered if not _waits_for_demo_world(item) and _seconds(item))
    first = set(list(without)[:processes])
    return sorted(ordered, key=lambda item: item.path not in first)


def is_slow(item: pytest.Item, slow: Collection[str]) -> bool:
    """Whether a quick run leaves it out: one of the slow ones by name, in a long file, or with a slow fixture."""
    is_long = bool(_seconds(item)) or slow_tests.name_of(item.nodeid) in slow
    return is_long or bool(SLOW_FIXTURES & set(getattr(item, "fixturenames", [])))


def _seconds(item: pytest.Item) -> float:
    """What its file takes, where it says so."""
    marker = item.get_closest_marker("long")
    return float(marker.args[0]) if marker else 0


def _waits_for_demo_world(item: pytest.Item) -> bool:
    return bool(DEMO_FIXTURES & set(getattr(item, "fixturenames", [])))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, packages in missing_packages().items():
        if item.get_closest_marker(marker):
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"{marker}: missing {packages}", pytrace=False)
            pytest.skip(f"{marker}: missing {packages}")


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    _report_browser_time(terminalreporter)
    slow_tests.write_where_asked(_reports(terminalreporter))
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for marker, packages in missing_packages().items():
        count = sum(f"{marker}: missing" in reason for reason in skipped)
        if count:
            text = f"NOT RUN: {count} tests marked {marker}. As root: apt-get install {packages}"
            terminalreporter.write_line(text, red=True, bold=True)


def _reports(terminalreporter: TerminalReporter) -> list[object]:
    return [one for all_of_a_kind in terminalreporter.stats.values() for one in all_of_a_kind]


def _report_browser_time(terminalreporter: TerminalReporter) -> None:
    """What the tests in Chromium took, with the portals started for them: a figure, no verdict.

    Tests run side by side: the run would be shorter by the sum divided by the number of its processes.
    """
    known = _reports(terminalreporter)
    spent = [one.duration for one in known if isinstance(one, pytest.TestReport) and "browser" in one.keywords]
    if spent:
        processes = terminalreporter.config.getoption("numprocesses", None) or 1
        text = (
            f"Tests in a browser: {_in_minutes(sum(spent))} in sum; with {processes} at a time they take"
            f" {_in_minutes(sum(spent) / processes)} of the run (aim: at most {BROWSER_MINUTES} min)"
        )
        terminalreporter.write_line(text)


def _in_minutes(seconds: float) -> str:
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


def pytest_collection_finish(session: pytest.Session) -> None:
    """The demo world takes a minute: it is loaded while tests run that do without."""
    from tests.plugin import demo_world

    if any(map(_waits_for_demo_world, session.items)) and not session.config.option.collectonly:
        demo_world.load_in_background(shared_folder(session.config._tmp_path_factory))  # type: ignore[attr-defined]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not is_worker():
        from tests.plugin.portal import stop_shared_portal

        stop_shared_portal(shared_folder(session.config._tmp_path_factory))  # type: ignore[attr-defined]
