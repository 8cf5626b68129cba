from types import SimpleNamespace
from typing import Any, cast

import pytest

from launch.paths import ROOT
from tests.plugin import hooks, slow_tests


@pytest.fixture
def browser_test(monkeypatch: pytest.MonkeyPatch) -> pytest.Item:
    """A test marked `browser` on a system without Chromium."""
    monkeypatch.setattr(hooks, "missing_packages", lambda: {"browser": "chromium"})
    item = SimpleNamespace(get_closest_marker=lambda name: name == "browser")
    return cast(pytest.Item, item)


def test_is_skipped_with_what_is_missing(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="browser: missing chromium"):
        hooks.pytest_runtest_setup(browser_test)


def test_fails_where_a_browser_is_required(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="browser: missing chromium"):
        hooks.pytest_runtest_setup(browser_test)


def test_nothing_missing_nothing_said(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "missing_packages", dict)
    hooks.pytest_runtest_setup(browser_test)


def item(path: str, seconds: int, *fixtures: str) -> pytest.Item:
    """A test in a file that takes so long."""
    mark = SimpleNamespace(args=(seconds,)) if seconds else None
    named = SimpleNamespace(path=path, nodeid=f"{path}::test[case]", fixturenames=fixtures)
    named.get_closest_marker = lambda _name: mark
    return cast(pytest.Item, named)


def test_a_quick_run_leaves_out_what_takes_long() -> None:
    files = [
        item("walk", 300),
        item("page", 0, "page"),
        item("demo", 0, "demo_files"),
        item("slow", 0),
        item("short", 0),
    ]
    assert [hooks.is_slow(one, {"slow::test"}) for one in files] == [True, True, True, True, False]


def test_slow_tests_are_those_whose_cases_take_more_than_a_second_on_average() -> None:
    def report(nodeid: str, seconds: float, when: str = "call") -> pytest.TestReport:
        return pytest.TestReport(nodeid, (nodeid, 1, nodeid), {}, "passed", None, when, duration=seconds)

    reports = [
        report("a::slow[1]", 0.9, "setup"),
        report("a::slow[1]", 1.2),
        report("a::slow[2]", 0.1),
        report("a::quick[1]", 1.2),
        report("a::quick[2]", 0.1),
    ]
    assert slow_tests.slow_ones([*reports, object()]) == ["a::slow"]


def test_every_slow_test_exists() -> None:
    """One that has another name now would take its time in each quick run."""
    unknown = [name for name in slow_tests.slow_tests() if not _exists(*name.split("::"))]
    assert unknown == []


def _exists(path: str, test: str) -> bool:
    file = ROOT / path
    return file.is_file() and f"def {test}(" in file.read_text()


def test_longest_first_and_each_process_begins_with_one_that_does_without_the_demo_world() -> None:
    files = [("short", 0), ("pages", 500, "running_portal"), ("walk", 300), ("access", 200), ("todo", 100)]
    ordered = hooks.in_order([item(*file) for file in files], processes=2)
    assert [str(one.path) for one in ordered] == ["walk", "access", "pages", "todo", "short"]


def test_tells_what_tests_in_a_browser_took_though_others_were_deselected() -> None:
    """A deselected item stands among the reports and has no duration."""
    said: list[str] = []
    report = pytest.TestReport("a", ("a", 1, "a"), {"browser": 1}, "passed", None, "call", duration=90)
    reporter = SimpleNamespace(
        stats={"passed": [report], "deselected": [SimpleNamespace(keywords={"browser": 1})], "": [object()]},
        config=SimpleNamespace(getoption=lambda _name, _default: 3),
        write_line=said.append,
    )
    hooks._report_browser_time(cast(Any, reporter))
    assert said == [
        "Tests in a browser: 1 min 30 s in sum; with 3 at a time they take 0 min 30 s of the run (aim: at most 9 min)"
    ]
