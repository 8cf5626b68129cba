from types import SimpleNamespace
from typing import cast

import pytest

from launch import pytest_plugin


@pytest.fixture
def browser_test(monkeypatch: pytest.MonkeyPatch) -> pytest.Item:
    """A test marked `browser` on a system without Chromium."""
    monkeypatch.setattr(pytest_plugin, "missing_packages", lambda: {"browser": "chromium"})
    item = SimpleNamespace(get_closest_marker=lambda name: name == "browser")
    return cast(pytest.Item, item)


def test_is_skipped_with_what_is_missing(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="browser: missing chromium"):
        pytest_plugin.pytest_runtest_setup(browser_test)


def test_fails_where_a_browser_is_required(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="browser: missing chromium"):
        pytest_plugin.pytest_runtest_setup(browser_test)


def test_nothing_missing_nothing_said(browser_test: pytest.Item, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytest_plugin, "missing_packages", dict)
    pytest_plugin.pytest_runtest_setup(browser_test)
