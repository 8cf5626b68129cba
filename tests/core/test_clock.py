"""The movable clock, and the command that moves it."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cxc import clock

MOMENT = datetime(2026, 9, 27, 22, 30, tzinfo=UTC)
NEARLY = timedelta(seconds=5)


@pytest.fixture
def movable(settings: Any) -> Iterator[None]:
    settings.MOVABLE_CLOCK = True
    clock.reset()
    yield
    clock.reset()


def _command(*words: str) -> str:
    out = StringIO()
    call_command("clock", *words, stdout=out)
    return out.getvalue().strip()


def test_at_holds_the_clock_within_its_block_and_nests() -> None:
    with clock.at(MOMENT):
        assert clock.now() == MOMENT
        with clock.at(MOMENT + timedelta(days=1)):
            assert clock.now() == MOMENT + timedelta(days=1)
        assert clock.now() == MOMENT
    assert clock.now() != MOMENT


def test_at_wants_an_aware_moment() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(MOMENT.replace(tzinfo=None)):
        pass


def test_now_is_in_utc_whatever_zone_the_moment_came_in() -> None:
    with clock.at(MOMENT.astimezone(timezone(timedelta(hours=2)))):
        assert (clock.now(), clock.now().tzinfo) == (MOMENT, UTC)


def test_today_is_the_date_in_the_zone() -> None:
    with clock.at(MOMENT):
        assert (clock.today(), clock.today("Europe/Brussels")) == (date(2026, 9, 27), date(2026, 9, 28))


def test_a_fixed_clock_is_this_thread_s_alone() -> None:
    seen: list[datetime] = []
    with clock.at(datetime(1999, 1, 1, tzinfo=UTC)):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0].year > 2020


@pytest.mark.usefixtures("movable")
def test_the_command_sets_advances_shows_and_resets() -> None:
    assert _command("set", "2030-02-28T23:00+01:00").startswith("2030-02-28 22:00:0")
    assert abs(clock.now() - datetime(2030, 2, 28, 22, tzinfo=UTC)) < NEARLY
    assert _command("advance", "1d2h").startswith("2030-03-02 00:00:0")
    assert "moved by" in _command("show")
    assert _command("set", "2030-06-01").startswith("2030-06-01 00:00:0")
    assert "real time" in _command("reset")
    assert clock.offset() == timedelta(0)


@pytest.mark.usefixtures("movable")
def test_the_jobs_look_as_soon_as_the_clock_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("cxc.core.management.commands.clock.hand_over", lambda name, **_options: asked.append(name))
    _command("show")
    assert asked == []
    _command("advance", "3d")
    assert {"exchanges.tasks.start_exchanges", "cxc.todo.tasks.write_reminders"} <= set(asked)
    following = len(settings.CELERY_BEAT_SCHEDULE) - len(settings.JOBS_ON_REAL_TIME)
    assert (len(asked), "cxc.web.tasks.clear_sessions" in asked) == (following, False)


@pytest.mark.usefixtures("movable")
def test_what_one_process_moved_another_reads() -> None:
    clock.advance(timedelta(days=400))
    clock._last_read = (float("-inf"), timedelta(0))  # as a process that has not looked yet
    assert clock.offset() == timedelta(days=400)


@pytest.mark.usefixtures("movable")
@pytest.mark.parametrize("words", [("set", "soon"), ("set", "2026-13-01"), ("advance", "a while"), ("advance", "3")])
def test_what_is_no_date_or_length_is_refused_with_a_sentence(words: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=words[1]):
        _command(*words)
    assert clock.offset() == timedelta(0)


@pytest.mark.parametrize("words", [("set", "2030-01-01"), ("advance", "1d"), ("reset",)])
def test_a_clock_that_stands_fast_does_not_move(words: tuple[str, ...], settings: Any) -> None:
    settings.MOVABLE_CLOCK = False
    with pytest.raises(CommandError, match="CXC_MOVABLE_CLOCK=1"):
        _command(*words)


def test_a_clock_that_stands_fast_shows_real_time(settings: Any) -> None:
    settings.MOVABLE_CLOCK = False
    assert _command("show").endswith("UTC (real time)")
