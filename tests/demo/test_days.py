"""Days are found around any today, holidays and weekends included."""

from datetime import date, timedelta

import pytest

from cxc.demo.scenarios.days import around, ended, on, starting
from exchanges.rules.stay import working_dates

DAY = timedelta(days=1)
CHRISTMAS, SUNDAY = date(2026, 12, 24), date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [CHRISTMAS, SUNDAY, date(2027, 1, 1), date(2028, 2, 29)])
@pytest.mark.parametrize("country", ["AT", "DE", "PT"])
def test_stays_have_three_working_days_and_lie_where_they_should(country: str, today: date) -> None:
    ahead, behind, present = starting(country, today + DAY), ended(country, today - DAY), around(country, today)
    for stay in (ahead, behind, present):
        assert len(working_dates(country, stay.start, stay.end)) == 3
    assert behind.end < today < ahead.start
    assert present.start < today <= present.end


def test_the_future_is_not_lived() -> None:
    with pytest.raises(ValueError, match="still to come"), on(date(9000, 1, 1)):
        pass
