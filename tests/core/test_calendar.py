"""Working days, due days and midnights, on real calendars and on thousands of made-up ones."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.core.calendar import (
    add_working_days,
    holidays_known,
    midnight,
    national_holidays,
    working_dates,
)

DATA = Path(__file__).parents[2] / "profiles" / "data"


def country_rows() -> list[dict[str, str]]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = [row["iso2"] for row in country_rows()]
ZONES = sorted({row["zone"] for row in country_rows()})


def working_days(first: date, last: date, **more: Any) -> int:
    return len(working_dates(first, last, **more))


days = st.dates(min_value=date(2019, 1, 1), max_value=date(2027, 12, 31))
day_sets = st.sets(st.dates(min_value=date(2024, 3, 1), max_value=date(2024, 6, 30)), max_size=12)
spring_days = st.dates(min_value=date(2024, 3, 1), max_value=date(2024, 6, 30))
countries = st.sampled_from(COUNTRIES)
zones = st.sampled_from([*ZONES, "America/Havana", "Asia/Beirut", "Africa/Cairo", "Pacific/Apia"])


# Counting


@pytest.mark.parametrize(
    ("country", "first", "last", "count"),
    [
        pytest.param("BE", date(2021, 8, 10), date(2021, 8, 20), 9, id="the old tool took 3 for this"),
        pytest.param("BE", date(2021, 11, 8), date(2021, 11, 8), 1, id="one day"),
        pytest.param("BE", date(2021, 11, 6), date(2021, 11, 7), 0, id="a weekend"),
        pytest.param("BE", date(2021, 8, 20), date(2021, 8, 10), 0, id="last before first"),
        pytest.param("DE", date(2024, 12, 23), date(2025, 1, 3), 7, id="Christmas and New Year in DE"),
        pytest.param("BE", date(2024, 12, 23), date(2025, 1, 3), 8, id="Belgium works on 26 December"),
        pytest.param(
            "GR", date(2024, 5, 1), date(2024, 5, 8), 3, id="Orthodox Easter, 5 May 2024, Labour Day moved to the 7th"
        ),
        pytest.param("RO", date(2024, 5, 1), date(2024, 5, 8), 3, id="Romania keeps the same Easter"),
        pytest.param("BG", date(2024, 5, 1), date(2024, 5, 8), 3, id="and Bulgaria, its 6 May on Easter Monday"),
        pytest.param("FR", date(2024, 5, 1), date(2024, 5, 8), 4, id="not so France: 1 and 8 May only"),
        pytest.param("CZ", date(2024, 2, 26), date(2024, 3, 1), 5, id="29 February is a day like others"),
        pytest.param(
            "UA", date(2023, 8, 21), date(2023, 8, 25), 5, id="Ukraine works on its holidays under martial law"
        ),
        pytest.param("UA", date(2021, 8, 23), date(2021, 8, 27), 3, id="and did not before"),
        pytest.param("UA", date(2022, 1, 3), date(2022, 1, 7), 3, id="3 and 7 January 2022 were before it"),
        pytest.param("UA", date(2022, 3, 7), date(2022, 3, 8), 2, id="and 7 and 8 March after 24 February"),
        pytest.param("XK", date(2023, 2, 13), date(2023, 2, 17), 4, id="Kosovo's Independence Day"),
    ],
)
def test_counts_weekdays_less_national_holidays(country: str, first: date, last: date, count: int) -> None:
    assert working_days(first, last, country=country) == count


def test_a_saturday_marked_worked_counts() -> None:
    saturday = date(2021, 11, 6)
    assert working_dates(date(2021, 11, 5), date(2021, 11, 8), country="BE", worked={saturday}) == [
        date(2021, 11, 5),
        saturday,
        date(2021, 11, 8),
    ]


def test_a_holiday_marked_worked_counts() -> None:
    assert working_days(date(2021, 11, 10), date(2021, 11, 12), country="BE", worked={date(2021, 11, 11)}) == 3


def test_a_day_marked_not_worked_is_left_out_even_when_marked_worked_too() -> None:
    day = date(2021, 11, 9)
    assert working_days(date(2021, 11, 8), date(2021, 11, 10), country="BE", not_worked={day}, worked={day}) == 2


def test_marks_outside_the_stay_change_nothing() -> None:
    outside = {date(2021, 11, 6), date(2021, 11, 13)}
    assert working_days(date(2021, 11, 8), date(2021, 11, 10), country="BE", worked=outside, not_worked=outside) == 3


def test_the_support_office_adds_and_removes_holidays() -> None:
    mourning, armistice = date(2021, 11, 10), date(2021, 11, 11)
    assert working_dates(date(2021, 11, 10), date(2021, 11, 12), country="BE", added={mourning}) == [date(2021, 11, 12)]
    assert working_days(date(2021, 11, 10), date(2021, 11, 12), country="BE", removed={armistice}) == 3
    assert working_days(date(2021, 11, 10), date(2021, 11, 12), country="BE", added={mourning}, removed={mourning}) == 2


@given(days, st.integers(0, 60), st.integers(0, 60), countries)
def test_adjacent_stays_add_up(first: date, one: int, two: int, country: str) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=1 + two)
    whole = working_days(first, last, country=country)
    parts = working_days(first, middle, country=country) + working_days(
        middle + timedelta(days=1), last, country=country
    )
    assert whole == parts


@given(spring_days, st.integers(0, 40), countries, day_sets, day_sets, day_sets, day_sets)
def test_equals_the_rule_written_as_sets(
    first: date,
    length: int,
    country: str,
    added: set[date],
    removed: set[date],
    worked: set[date],
    not_worked: set[date],
) -> None:
    stay = {first + timedelta(days=n) for n in range(length + 1)}
    holidays = (set(national_holidays(country, 2024)) | added) - removed
    weekdays = {day for day in stay if day.isoweekday() <= 5}
    expected = ((weekdays - holidays) | (worked & stay)) - not_worked
    counted = working_dates(
        first,
        first + timedelta(days=length),
        country=country,
        added=added,
        removed=removed,
        worked=worked,
        not_worked=not_worked,
    )
    assert counted == sorted(expected)


# Holidays


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("year", range(2019, 2028))
def test_every_country_answers(country: str, year: int) -> None:
    martial_law = country == "UA" and year >= 2022
    assert holidays_known(country, date(year, 6, 1)) is not martial_law
    assert bool(national_holidays(country, year)) is not (country == "UA" and year > 2022)
    assert all(day.year == year and name for day, name in national_holidays(country, year).items())


def test_martial_law_begins_within_a_year() -> None:
    assert [holidays_known("UA", date(2022, 2, day)) for day in (23, 24)] == [True, False]
    assert [day.day for day in national_holidays("UA", 2022)] == [1, 3, 7]


@pytest.mark.parametrize(
    ("country", "day", "is_holiday"),
    [
        ("DK", date(2023, 5, 5), True),  # Great Prayer Day, until 2023
        ("DK", date(2024, 4, 26), False),
        ("PL", date(2024, 12, 24), False),
        ("PL", date(2025, 12, 24), True),  # from 2025
        ("IE", date(2022, 3, 18), True),  # once
        ("LV", date(2023, 7, 10), True),  # once
        ("SK", date(2023, 9, 1), True),  # until 2023
        ("SK", date(2024, 9, 1), False),
        ("RO", date(2023, 1, 6), False),
        ("RO", date(2024, 1, 6), True),  # from 2024
        ("HU", date(2026, 1, 2), True),  # given for a Saturday
        ("SE", date(2026, 12, 24), False),  # usual, no national holiday
    ],
)
def test_holidays_that_came_went_or_were_given_once(country: str, day: date, is_holiday: bool) -> None:
    assert (day in national_holidays(country, day.year)) is is_holiday


def test_holidays_have_english_names() -> None:
    assert national_holidays("BE", 2021)[date(2021, 7, 21)] == "National Day"
    assert national_holidays("XK", 2023)[date(2023, 2, 17)] == "Independence Day"


def test_a_country_or_year_the_library_does_not_know_is_empty_and_says_so() -> None:
    assert (dict(national_holidays("ZZ", 2024)), holidays_known("ZZ", date(2024, 1, 1))) == ({}, False)
    assert (dict(national_holidays("BE", 1700)), holidays_known("BE", date(1700, 1, 1))) == ({}, False)


def test_a_reader_cannot_change_what_the_next_one_gets() -> None:
    with pytest.raises(TypeError):
        national_holidays("BE", 2024)[date(2024, 1, 2)] = "mine"  # type: ignore[index]


# Due days


@pytest.mark.parametrize(
    ("country", "day", "count", "due"),
    [
        pytest.param("BE", date(2021, 11, 2), 10, date(2021, 11, 17), id="over a weekend and Armistice Day"),
        pytest.param("DE", date(2021, 11, 2), 10, date(2021, 11, 16), id="11 November is a day like others in DE"),
        pytest.param("BE", date(2021, 11, 6), 1, date(2021, 11, 8), id="from a Saturday"),
        pytest.param("BE", date(2021, 11, 6), 0, date(2021, 11, 6), id="nothing to add"),
        pytest.param("PT", date(2024, 12, 20), 10, date(2025, 1, 7), id="over the turn of the year"),
    ],
)
def test_adds_working_days(country: str, day: date, count: int, due: date) -> None:
    assert add_working_days(day, count, country=country) == due


def test_refuses_to_go_back() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        add_working_days(date(2024, 1, 8), -1, country="BE")


@given(days, st.integers(1, 30), countries, day_sets, day_sets)
def test_the_due_day_is_the_nth_working_day(
    day: date, count: int, country: str, added: set[date], removed: set[date]
) -> None:
    due = add_working_days(day, count, country=country, added=added, removed=removed)
    between = working_dates(day + timedelta(days=1), due, country=country, added=added, removed=removed)
    assert (len(between), between[-1]) == (count, due)


# Midnight


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        pytest.param(date(2024, 3, 31), "Europe/Brussels", "2024-03-30T23:00", id="the day summer time begins"),
        pytest.param(date(2024, 4, 1), "Europe/Brussels", "2024-03-31T22:00", id="the day after"),
        pytest.param(date(2024, 10, 27), "Europe/Brussels", "2024-10-26T22:00", id="the day summer time ends"),
        pytest.param(date(2024, 10, 28), "Europe/Brussels", "2024-10-27T23:00", id="the day after that"),
        pytest.param(date(2024, 2, 29), "Asia/Yerevan", "2024-02-28T20:00", id="29 February"),
        pytest.param(date(2024, 6, 3), "Atlantic/Reykjavik", "2024-06-03T00:00", id="UTC all year"),
        pytest.param(date(2024, 3, 31), "Asia/Beirut", "2024-03-30T22:00", id="clocks jump from 00:00 to 01:00"),
        pytest.param(date(2024, 11, 3), "America/Havana", "2024-11-03T04:00", id="00:00 comes twice: the first"),
    ],
)
def test_midnight_in_utc(day: date, zone: str, moment: str) -> None:
    assert midnight(day, zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@given(days, zones)
def test_the_day_begins_at_its_midnight_and_not_a_second_before(day: date, zone: str) -> None:
    moment = midnight(day, zone)
    just_before = moment - timedelta(seconds=1)
    assert moment.astimezone(ZoneInfo(zone)).date() == day
    assert just_before.astimezone(ZoneInfo(zone)).date() == day - timedelta(days=1)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        midnight(date(2024, 1, 1), "Europe/Atlantis")


# Zones


@pytest.mark.parametrize("zone", ZONES)
def test_every_country_has_a_zone_that_exists(zone: str) -> None:
    assert ZoneInfo(zone).key == zone


def test_kosovo_keeps_the_time_of_belgrade() -> None:
    assert [row["zone"] for row in country_rows() if row["iso2"] == "XK"] == ["Europe/Belgrade"]
