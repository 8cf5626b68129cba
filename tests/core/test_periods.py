"""Two days in a line of a page."""

from datetime import date

from cxc.core.templatetags.moments import period


def test_a_line_ends_between_the_days_only() -> None:
    assert period(date(2026, 11, 3), date(2026, 11, 5)) == (
        '<span class="text-nowrap">3 Nov 2026</span> – <span class="text-nowrap">5 Nov 2026</span>'
    )


def test_a_day_that_is_not_set_is_a_dash() -> None:
    assert period(None, date(2026, 11, 5)).startswith('<span class="text-nowrap">–</span> – ')
