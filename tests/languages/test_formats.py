"""Moments, numbers and amounts are written as each language does."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import date_format

from cxc.core.amounts import in_eur

MORNING = datetime(2026, 11, 15, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-gb", "15 Nov 2026, 09:05"), ("fr", "15 novembre 2026 09:05"), ("de", "15. November 2026, 09:05")],
)
def test_hours_count_to_24(language: str, said: str) -> None:
    with translation.override(language):
        assert date_format(MORNING, "DATETIME_FORMAT") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-gb", "15 Nov, 15 Nov 2026"),
        ("fr", "15 nov., 15 novembre 2026"),
        ("de", "15. Nov., 15. November 2026"),
    ],
)
def test_a_day_with_and_without_its_year(language: str, said: str) -> None:
    with translation.override(language):
        assert f"{date_format(MORNING, 'MONTH_DAY_FORMAT')}, {date_format(MORNING)}" == said


@pytest.mark.parametrize(
    ("language", "said"), [("en-gb", "EUR 1,250.00"), ("fr", "1\u00a0250,00\u00a0EUR"), ("de", "1.250,00\u00a0EUR")]
)
def test_an_amount(language: str, said: str) -> None:
    with translation.override(language):
        assert in_eur(Decimal(1250)) == said
