"""Figures of a small world."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from cxc.workflow import perform
from profiles.models import Generation, Partnership
from reports.statistics import Filters, statistics
from reports.tables import tables_of
from tests.factories import people
from tests.reports.conftest import Small
from tests.scenarios import lifecycle

pytestmark = pytest.mark.usefixtures("small")

DAY = timedelta(days=1)


def _exchanges(**filters: Any) -> dict[str, Any]:
    found: dict[str, Any] = statistics(Filters(**filters))["exchanges"]
    return found


def test_confirmed_exchanges_are_counted_and_drafts_are_not() -> None:
    found = _exchanges()
    assert (found["confirmed"], found["physical"]["total"], found["virtual"]["total"]) == (3, 2, 1)
    assert found["physical"]["by_state"] == {
        "draft": 1,
        "preparation": 2,
        "ready": 0,
        "ongoing": 0,
        "closed": 0,
        "cancelled": 0,
    }


def test_physical_figures(small: Small) -> None:
    physical = _exchanges()["physical"]
    assert physical["by_working_days"] == {"3": 2}
    assert physical["by_host_country"] == {"BE": 2}
    assert physical["by_type"] == {str(small.grouped[0].type): 2}
    assert physical["by_month"] == {"2026-09": 2}
    assert physical["visits"] == {"grouped": 1, "single": 0}
    assert physical["partnerships"] == 1


def test_virtual_figures() -> None:
    virtual = _exchanges()["virtual"]
    assert (virtual["visits"], virtual["by_host_country"]) == ({"grouped": 0, "single": 1}, {"FR": 1})


def test_a_cancelled_exchange_counts_no_more_and_its_visit_is_single(small: Small) -> None:
    c = small.grouped[1]
    perform(c, "cancel", by=people.support_office(), reason="It rains.")
    physical = _exchanges()["physical"]
    assert (physical["total"], physical["visits"]) == (1, {"grouped": 0, "single": 1})


def test_grouped_is_counted_before_any_filter(small: Small) -> None:
    """A visit whose two visitors start on different days stays grouped when one of them is filtered away."""
    second = small.grouped[1]
    visit, so = second.visit, people.support_office()
    perform(visit, "change_dates", by=so, fields={"last_day": lifecycle.LAST + 7 * DAY})
    perform(
        second,
        "edit_planned_in_preparation",
        by=so,
        start=lifecycle.FIRST + DAY,
        end=lifecycle.LAST + 2 * DAY,
        type=second.type,
    )
    assert _exchanges(last=lifecycle.FIRST)["physical"]["total"] == 1
    assert _exchanges(last=lifecycle.FIRST)["physical"]["visits"] == {"grouped": 1, "single": 0}


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (lifecycle.FIRST, lifecycle.FIRST, 3),
        (lifecycle.FIRST + DAY, None, 0),
        (None, lifecycle.FIRST - DAY, 0),
        (None, date(9999, 12, 31), 3),
    ],
)
def test_days_are_inclusive(first: date | None, last: date | None, count: int) -> None:
    assert _exchanges(first=first, last=last)["confirmed"] == count


def test_by_partnership_generation_and_modality(small: Small) -> None:
    mine = small.single.vop
    assert _exchanges(partnership=mine)["confirmed"] == 1
    assert _exchanges(partnership=small.single.hop)["confirmed"] == 0
    assert _exchanges(generation=people.generation("other"))["confirmed"] == 0
    assert _exchanges(modality="physical")["confirmed"] == 2


def test_hosts_by_country() -> None:
    assert statistics(Filters())["hosts"] == {"published": 2, "by_country": {"BE": 1, "FR": 1}}
    assert statistics(Filters(generation=people.generation("other")))["hosts"] == {"published": 0, "by_country": {}}


@pytest.mark.parametrize(("language", "expected"), [("en", ["Denmark", "Germany"]), ("fr", ["Allemagne", "Danemark"])])
def test_equal_numbers_stand_in_the_order_of_the_names_shown(language: str, expected: list[str]) -> None:
    figures = statistics(Filters()) | {"hosts": {"published": 2, "by_country": {"DE": 1, "DK": 1}}}
    with override(language):
        tables = {table.key: table for table in tables_of(figures)}
    assert [row[0] for row in tables["hosts"].rows if row[1]] == expected


def test_matches_by_who_initiated_them() -> None:
    matches = statistics(Filters())["matches"]
    assert matches["by_initiator"] == {"vo": 4, "ho": 0, "vop": 0, "hop": 0, "so": 0}
    assert (matches["total"], matches["by_state"]["confirmed"]) == (4, 4)


def test_partnerships_against_their_target(small: Small) -> None:
    rows = {row["partnership"]: row for row in statistics(Filters())["partnerships"]}
    vop = small.grouped[0].vop
    assert rows[vop.acronym] == {
        "partnership": vop.acronym,
        "generation": Generation.objects.get().code,
        "target": 20,
        "confirmed": 2,
        "closed": 0,
    }
    assert len(rows) == Partnership.objects.count() == 4
