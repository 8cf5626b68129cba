"""Exchanges start at 00:00 of their start day at the place of the visit, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import PORTAL
from cxc.core.models import HolidayChange
from cxc.workflow import WrongState, perform, perform_as_system
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange
from exchanges.services import exchange_start
from tests.factories.parties import usual_parties, with_another_visitor
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SECOND = timedelta(seconds=1)


def ready_on(monkeypatch: pytest.MonkeyPatch, first: date, zone: str = "Europe/Brussels") -> Exchange:
    """An exchange ready to start on a day, at a visit of five calendar days in a time zone."""
    monkeypatch.setattr(lifecycle, "FIRST", first)
    monkeypatch.setattr(lifecycle, "LAST", first + timedelta(days=4))
    parties = usual_parties()
    with clock.at(datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=20)):
        match = lifecycle.confirmed(parties)
        visit = lifecycle.visit(
            match, parties.vop_coordinator, first_day=first, last_day=lifecycle.LAST, time_zone=zone
        )
        made = lifecycle.exchange(match, visit, parties.vop_coordinator)
        perform(made, "prepare", by=parties.vop_coordinator)
        return lifecycle.set_ready(parties, lifecycle.signed_documents(parties, made))


@pytest.mark.parametrize(
    ("first", "zone", "moment"),
    [
        # The Sundays on which clocks change, and the Mondays after them.
        (date(2027, 3, 28), "Europe/Brussels", datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 29), "Europe/Brussels", datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/Brussels", datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 26), "Europe/Brussels", datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2028, 2, 29), "Europe/Brussels", datetime(2028, 2, 28, 23, tzinfo=UTC)),
        (date(2026, 9, 28), "Asia/Tbilisi", datetime(2026, 9, 27, 20, tzinfo=UTC)),
        (date(2026, 9, 28), "Atlantic/Reykjavik", datetime(2026, 9, 28, 0, tzinfo=UTC)),
    ],
)
def test_starts_at_the_visits_midnight(
    monkeypatch: pytest.MonkeyPatch, first: date, zone: str, moment: datetime
) -> None:
    exchange = ready_on(monkeypatch, first, zone)
    assert exchange_start.start_due_exchanges(moment - SECOND) == 0
    assert exchange_start.start_due_exchanges(moment) == 1
    exchange.refresh_from_db()
    assert (exchange.state, exchange.started_at, exchange.actual_start) == ("ongoing", moment, first)


def test_starts_once_however_often_the_job_runs() -> None:
    exchange = lifecycle.ready(usual_parties())
    moment = exchange_start.start_moment(exchange)
    assert [exchange_start.start_due_exchanges(moment + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert StateEvent.of(exchange).filter(transition="begin_stay").count() == 1


def test_once_for_each_entry_into_ready() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    moment = exchange_start.start_moment(exchange)
    exchange_start.start_due_exchanges(moment)
    with clock.at(moment):
        perform(exchange, "undo_start", by=parties.so, reason="Nobody came.")
        perform(exchange, "set_ready_late", by=parties.vop_coordinator)
    assert exchange_start.start_due_exchanges(moment + timedelta(days=1)) == 1
    assert StateEvent.of(exchange).filter(transition="begin_stay").count() == 2


def test_a_missed_day_is_caught_up() -> None:
    exchange = lifecycle.ready(usual_parties())
    assert exchange_start.start_due_exchanges(exchange_start.start_moment(exchange) + timedelta(days=9)) == 1


def test_the_start_waits_for_the_answer_to_a_request() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    perform(exchange, "ask_to_cancel", by=parties.vo, reason="Ill.")
    moment = exchange_start.start_moment(exchange)
    assert exchange_start.start_due_exchanges(moment) == 0
    with clock.at(moment):
        perform(exchange, "refuse_to_cancel", by=parties.vop_coordinator, reason="All is booked.")
    assert exchange_start.start_due_exchanges(moment + timedelta(days=1)) == 1


def test_one_failure_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = usual_parties()
    first = lifecycle.ready(parties)
    other = with_another_visitor(parties)
    second = lifecycle.set_ready(other, lifecycle.signed_documents(other, lifecycle.joined(other, first.visit)))
    really = perform_as_system

    def fail_for_first(exchange: Exchange, name: str, **more: object) -> Exchange:
        if exchange.pk == first.pk:
            raise RuntimeError("out of order")
        return really(exchange, name, **more)

    monkeypatch.setattr(exchange_start, "perform_as_system", fail_for_first)
    assert exchange_start.start_due_exchanges(exchange_start.start_moment(first)) == 1
    second.refresh_from_db()
    assert second.state == "ongoing"
    monkeypatch.undo()
    assert exchange_start.start_due_exchanges(exchange_start.start_moment(first)) == 1


def test_the_portal_does_not_start_before_the_day() -> None:
    exchange = lifecycle.ready(usual_parties())
    with pytest.raises(Exception, match="start day has begun"):
        perform(exchange, "begin_stay", by=PORTAL)


def test_a_validated_ctq_keeps_the_count_it_was_signed_with() -> None:
    """A holiday that the Support Office adds later changes nothing that was signed."""
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    HolidayChange.objects.create(country_code="BE", day=lifecycle.FIRST, note="A new holiday")
    lifecycle.set_ready(parties, exchange)
    exchange_start.start_due_exchanges(exchange_start.start_moment(exchange))
    exchange.refresh_from_db()
    assert (exchange.agreed_working_days, exchange.actual_working_days) == (3, 3)


def test_before_the_ctq_is_validated_a_new_holiday_counts() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, last_day=lifecycle.LAST + timedelta(days=1))
    exchange = perform(lifecycle.exchange(match, visit, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)
    assert exchange.agreed_working_days == 4
    HolidayChange.objects.create(country_code="BE", day=lifecycle.FIRST, note="A new holiday")
    days = {"start": exchange.agreed_start, "end": exchange.agreed_end}
    perform(exchange, "set_agreed", by=parties.vop_coordinator, sector=None, lump_sum=exchange.agreed_lump_sum, **days)
    assert exchange.agreed_working_days == 3


def test_what_was_started_is_not_started_again() -> None:
    exchange = lifecycle.ongoing(usual_parties())
    with pytest.raises(WrongState):
        perform(exchange, "begin_stay", by=PORTAL)
