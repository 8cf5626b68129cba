"""Planned, agreed and actual figures: days are counted, ceilings looked up, the pay-out rule applied."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cxc import clock
from cxc.core.models import HolidayChange
from cxc.workflow import NotAllowed, ReasonMissing, RequirementsUnmet, perform
from exchanges.models import DayMark, Exchange
from exchanges.rules.money import share_of
from profiles.models import LumpSumCeiling, Sector
from profiles.queries.principals import actor_of
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)
FIRST, LAST = lifecycle.FIRST, lifecycle.LAST


def agree(exchange: Exchange, parties: Parties, **fields: object) -> Exchange:
    known = {
        "start": exchange.agreed_start,
        "end": exchange.agreed_end,
        "sector": Sector.objects.first(),
        "lump_sum": exchange.agreed_lump_sum,
    }
    return perform(exchange, "set_agreed", by=parties.vop_coordinator, **(known | fields))


def prepared(parties: Parties, days: int = 3) -> Exchange:
    """In preparation on a visit of so many calendar days from a Monday."""
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, last_day=FIRST + (days - 1) * DAY)
    return perform(lifecycle.exchange(match, visit, parties.vop_coordinator), "prepare", by=parties.vop_coordinator)


def names(refusal: pytest.ExceptionInfo[RequirementsUnmet]) -> list[str]:
    return [gap.name for gap in refusal.value.unmet]


def test_half_a_cent_of_a_share_is_rounded_up() -> None:
    assert [share_of(Decimal(ceiling), Decimal(50)) for ceiling in ("100.01", "100.03")] == [
        Decimal("50.01"),
        Decimal("50.02"),
    ]


# --- planned and agreed ------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "counted", "lump_sum"), [(3, 3, 415), (4, 4, 415), (5, 5, 830), (7, 5, 830)])
def test_days_are_counted_and_the_pay_out_rule_follows(days: int, counted: int, lump_sum: int) -> None:
    exchange = prepared(usual_parties(), days)
    assert (exchange.planned_working_days, exchange.planned_lump_sum) == (counted, Decimal(lump_sum))
    assert (exchange.agreed_working_days, exchange.agreed_lump_sum) == (counted, Decimal(lump_sum))


def test_a_holiday_of_the_hosts_country_does_not_count() -> None:
    HolidayChange.objects.create(country_code="BE", day=FIRST + DAY, note="Local feast")
    HolidayChange.objects.create(country_code="ES", day=FIRST + 2 * DAY, note="The visitor's own")
    assert prepared(usual_parties(), 5).planned_working_days == 4


def test_a_worked_saturday_counts() -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, first_day=FIRST + 3 * DAY, last_day=FIRST + 5 * DAY)
    DayMark.objects.create(visit=visit, day=FIRST + 5 * DAY, is_worked=True)
    assert lifecycle.exchange(match, visit, parties.vop_coordinator).planned_working_days == 3


@pytest.mark.parametrize("transition", ["edit_planned", "edit_planned_in_preparation"])
def test_a_plan_outside_the_visit_is_refused(transition: str) -> None:
    parties = usual_parties()
    match = lifecycle.confirmed(parties)
    exchange = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    if transition == "edit_planned_in_preparation":
        perform(exchange, "prepare", by=parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet, match="within the visit"):
        perform(exchange, transition, by=parties.vop_coordinator, start=FIRST, end=LAST + DAY, type=exchange.type)
    exchange.refresh_from_db()
    assert exchange.planned_end == LAST


def test_less_than_three_days_are_not_prepared() -> None:
    with pytest.raises(RequirementsUnmet, match="at least 3"):
        prepared(usual_parties(), 2)


def test_a_month_at_most() -> None:
    assert prepared(usual_parties(), 30).state == "preparation"  # 28 September to 27 October
    with pytest.raises(RequirementsUnmet, match="at most 1 month"):
        prepared(usual_parties(), 31)


def test_no_ceiling_refuses_the_transition_and_names_the_support_office() -> None:
    LumpSumCeiling.objects.filter(country_id="BE").delete()
    with pytest.raises(RequirementsUnmet, match="Support Office"):
        prepared(usual_parties())
    assert not Exchange.objects.exists()


def test_the_ceiling_is_looked_up_at_each_change() -> None:
    parties = usual_parties()
    exchange = prepared(parties, 5)
    LumpSumCeiling.objects.filter(country_id="BE").update(amount=Decimal(600))
    with pytest.raises(RequirementsUnmet, match="above the ceiling"):
        agree(exchange, parties)
    agree(exchange, parties, lump_sum=Decimal(600))
    assert exchange.agreed_lump_sum == Decimal(600)


def test_frozen_with_the_agreement_it_no_longer_follows() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    LumpSumCeiling.objects.filter(country_id="BE").update(amount=Decimal(300))
    assert (exchange.frozen_ceiling, exchange.ceiling) == (Decimal(830), Decimal(830))


def test_the_support_office_sets_a_higher_ceiling_for_one_exchange() -> None:
    parties = usual_parties()
    exchange = prepared(parties, 5)
    perform(exchange, "raise_ceiling", by=parties.so, ceiling=Decimal(1000), reason="A far island")
    agree(exchange, parties, lump_sum=Decimal(1000))
    assert (exchange.planned_lump_sum, exchange.agreed_lump_sum) == (Decimal(1000), Decimal(1000))


@pytest.mark.parametrize("ceiling", [Decimal(829), Decimal(830)])
def test_only_a_higher_ceiling(ceiling: Decimal) -> None:
    parties = usual_parties()
    with pytest.raises(RequirementsUnmet, match="enter a higher one"):
        perform(prepared(parties), "raise_ceiling", by=parties.so, ceiling=ceiling, reason="A far island")


def test_a_higher_ceiling_has_its_reason_and_is_the_support_offices() -> None:
    parties = usual_parties()
    exchange = prepared(parties)
    with pytest.raises(ReasonMissing):
        perform(exchange, "raise_ceiling", by=parties.so, ceiling=Decimal(900))
    with pytest.raises(NotAllowed):
        perform(exchange, "raise_ceiling", by=parties.vop_coordinator, ceiling=Decimal(900), reason="More")


# --- actual ------------------------------------------------------------------------------------------


def correct(exchange: Exchange, by: object, reason: str = "Left early.", **fields: object) -> Exchange:
    known: dict[str, object] = {"start": exchange.actual_start, "end": exchange.actual_end, "days_off": {}}
    with clock.at(completion.AFTER):
        return perform(exchange, "correct_actual", by=by, reason=reason, **(known | fields))


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def ongoing(parties: Parties) -> Exchange:
    return lifecycle.ongoing(parties)


def test_a_stay_cut_short(parties: Parties, ongoing: Exchange) -> None:
    correct(ongoing, parties.vop_coordinator, end=FIRST + DAY)
    assert (ongoing.actual_end, ongoing.actual_working_days) == (FIRST + DAY, 2)
    correct(ongoing, parties.vop_coordinator, end=LAST, days_off={FIRST + DAY: "Ill"})
    assert ongoing.actual_working_days == 2
    assert list(ongoing.days_not_worked.values_list("day", "reason")) == [(FIRST + DAY, "Ill")]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"end": LAST + DAY}, "only_downwards"),
        ({"start": FIRST - DAY}, "only_downwards"),
        ({"end": FIRST, "days_off": {LAST: "Ill"}}, "days_off_are_valid"),
        ({"days_off": {LAST + DAY: "Ill"}}, "days_off_are_valid"),
        ({"days_off": {FIRST: " "}}, "days_off_are_valid"),
        ({"start": LAST, "end": FIRST}, "actual_stay_fits"),
    ],
)
def test_figures_that_cannot_be(parties: Parties, ongoing: Exchange, fields: dict[str, object], name: str) -> None:
    with pytest.raises(RequirementsUnmet) as refusal:
        correct(ongoing, parties.vop_coordinator, **fields)
    assert name in names(refusal)
    ongoing.refresh_from_db()
    assert (ongoing.actual_start, ongoing.actual_end, ongoing.actual_working_days) == (FIRST, LAST, 3)
    assert not ongoing.days_not_worked.exists()


def test_a_day_that_does_not_count_is_not_taken_off(parties: Parties, ongoing: Exchange) -> None:
    correct(ongoing, parties.so, end=date(2026, 10, 5))
    assert ongoing.actual_working_days == 6
    with pytest.raises(RequirementsUnmet, match="no working day of this stay"):
        correct(ongoing, parties.so, days_off={date(2026, 10, 3): "A Saturday"})


def test_upwards_the_support_office_only_and_a_month_at_most(parties: Parties, ongoing: Exchange) -> None:
    correct(ongoing, parties.so, end=LAST + 2 * DAY)
    assert ongoing.actual_working_days == 5
    with pytest.raises(RequirementsUnmet, match="at most 1 month"):
        correct(ongoing, parties.so, end=date(2026, 10, 28))


def test_a_correction_has_its_reason(parties: Parties, ongoing: Exchange) -> None:
    with pytest.raises(ReasonMissing):
        correct(ongoing, parties.vop_coordinator, reason="", end=FIRST + DAY)


# --- payable -----------------------------------------------------------------------------------------


def accept(exchange: Exchange, by: object, **fields: object) -> Exchange:
    with clock.at(completion.AFTER):
        return perform(exchange, "accept_payable", by=by, **fields)


def test_payable_is_what_the_rule_gives(parties: Parties, ongoing: Exchange) -> None:
    accept(ongoing, parties.vop_coordinator)
    assert (ongoing.payable, ongoing.payable_why) == (Decimal("415.00"), "")


def test_at_most_what_was_agreed(parties: Parties, ongoing: Exchange) -> None:
    """Five days would earn the whole ceiling, but the agreement is on half of it."""
    correct(ongoing, parties.so, end=LAST + 2 * DAY)
    with clock.at(completion.AFTER + 2 * DAY):
        perform(ongoing, "accept_payable", by=parties.vop_coordinator)
    assert (ongoing.actual_working_days, ongoing.payable) == (5, Decimal("415.00"))


@pytest.mark.parametrize(
    ("amount", "why", "sentence"),
    [
        (Decimal(400), "", "say why"),
        (Decimal("415.01"), "More was spent.", "Enter an amount from 0 to"),
        (Decimal(-1), "A fine.", "Enter an amount from 0 to"),
    ],
)
def test_a_departure_from_the_rule_is_explained_and_bounded(
    parties: Parties, ongoing: Exchange, amount: Decimal, why: str, sentence: str
) -> None:
    with pytest.raises(RequirementsUnmet, match=sentence):
        accept(ongoing, parties.vop_coordinator, amount=amount, why=why)


def test_a_departure_with_its_reason(parties: Parties, ongoing: Exchange) -> None:
    accept(ongoing, parties.vop_coordinator, amount=Decimal(400), why="A room was shared.")
    assert (ongoing.payable, ongoing.payable_why) == (Decimal(400), "A room was shared.")


def test_under_three_days_the_support_office_decides(parties: Parties, ongoing: Exchange) -> None:
    correct(ongoing, parties.vop_coordinator, end=FIRST + DAY)
    with pytest.raises(RequirementsUnmet) as refusal:
        accept(ongoing, parties.vop_coordinator)
    assert names(refusal) == ["enough_days_for_partnership"]
    accept(ongoing, parties.so, amount=Decimal(0))
    assert (ongoing.payable, ongoing.payable_accepted_at) == (Decimal(0), completion.AFTER)


def test_else_the_partnership_decides(parties: Parties, ongoing: Exchange) -> None:
    with pytest.raises(RequirementsUnmet) as refusal:
        accept(ongoing, parties.so)
    assert names(refusal) == ["so_decides_payable"]


def test_a_coordinator_of_the_visitor_does_not_decide(parties: Parties, ongoing: Exchange) -> None:
    people.add_member(parties.visitor, parties.vop_coordinator)
    coordinator = actor_of(parties.vop_coordinator.user, f"partnership-{parties.vop.pk}")
    with pytest.raises(RequirementsUnmet) as refusal:
        accept(ongoing, coordinator)
    assert names(refusal) == ["no_conflict"]
    assert accept(ongoing, parties.so).payable == Decimal("415.00")


def test_a_correction_clears_what_was_accepted(parties: Parties, ongoing: Exchange) -> None:
    accept(ongoing, parties.vop_coordinator)
    correct(ongoing, parties.vop_coordinator, days_off={LAST: "Ill"})
    assert (ongoing.payable, ongoing.payable_accepted_at) == (None, None)


def test_a_virtual_exchange_has_no_money() -> None:
    parties = usual_parties()
    exchange = lifecycle.ongoing(parties, "virtual")
    assert (exchange.planned_lump_sum, exchange.agreed_lump_sum) == (None, None)
    with pytest.raises(RequirementsUnmet) as refusal:
        accept(exchange, parties.vop_coordinator)
    assert "is_physical" in names(refusal)
