"""Moments are written as Europeans do, in each language."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

MORNING = datetime(2026, 11, 15, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(("language", "said"), [("en-gb", "15 Nov 2026, 09:05"), ("fr", "15 novembre 2026 09:05")])
def test_hours_count_to_24(language: str, said: str) -> None:
    with translation.override(language):
        assert date_format(MORNING, "DATETIME_FORMAT") == said


@pytest.mark.parametrize(("language", "said"), [("en-gb", "15 Nov, 15 Nov 2026"), ("fr", "15 nov., 15 novembre 2026")])
def test_a_day_with_and_without_its_year(language: str, said: str) -> None:
    with translation.override(language):
        assert f"{date_format(MORNING, 'MONTH_DAY_FORMAT')}, {date_format(MORNING)}" == said
