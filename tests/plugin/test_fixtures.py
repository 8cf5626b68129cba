"""The fixtures that all tests may use, tried once."""

from threading import Thread

import pytest
from django.db import connection
from playwright.sync_api import Page

from tests.plugin.portal import RunningPortal


def test_a_browser_sees_the_running_portal_and_nothing_is_refused(running_portal: RunningPortal, page: Page) -> None:
    answer = page.goto(f"{running_portal.address}/account/login/")
    assert answer is not None
    assert answer.headers["content-security-policy"].count("default-src 'none'") == 1
    assert page.locator("input[type=password]").count() == 1


def test_commands_reach_the_running_portal(running_portal: RunningPortal) -> None:
    assert "[ ]" not in running_portal.manage("showmigrations", "profiles")


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_thread_commits_another_sees_and_the_next_test_does_not(time: str) -> None:
    thread = Thread(target=write_row)
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM committed")
        assert cursor.fetchone() == (1,)


def write_row() -> None:
    with connection.cursor() as cursor:
        # A second time in the same database would be refused.
        cursor.execute("CREATE TABLE committed AS SELECT 1 AS one")
    connection.close()
