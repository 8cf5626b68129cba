"""The demo world as loaded."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cxc.demo.loading import load
from exchanges.models import CtqVersion, Exchange, Payment
from profiles.models import Generation, Organisation, Partnership, Profile
from reports.statistics import Filters, statistics

pytestmark = [pytest.mark.usefixtures("demo_world", "db")]


def test_it_is_loaded_once(demo_world: date) -> None:
    before = Exchange.objects.count()
    assert load(demo_world) is False
    assert Exchange.objects.count() == before


# --- the pilot --------------------------------------------------------------------------------------


def _pilot(client: Client, to: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/statistics.json?generation=pilot&to={to}").json()["exchanges"]
    return found


def test_the_pilot_has_the_figures_of_november_2021(client: Client) -> None:
    found = _pilot(client, "2021-11-08")
    assert found["confirmed"] == 228
    virtual, physical = found["virtual"], found["physical"]
    assert (virtual["total"], physical["total"]) == (169, 59)
    assert virtual["by_working_days"] == {"3": 165, "4": 4}
    assert physical["by_working_days"] == {"3": 52, "5": 7}
    assert virtual["visits"] == {"grouped": 17, "single": 2}
    assert physical["visits"] == {"grouped": 7, "single": 5}
    assert (virtual["partnerships"], physical["partnerships"]) == (13, 8)
    assert set(virtual["by_type"]) == {"Networking", "Group event", "Pitch training", "Exploring new markets"}
    assert set(physical["by_type"]) == {
        "Networking and events",
        "Group event",
        "Research, development and innovation",
        "Exploring new markets",
    }
    for part in (virtual, physical):
        assert part["by_state"]["closed"] == part["total"] == sum(part["by_host_country"].values())


def test_by_june_2021_eighty_virtual_exchanges_of_eleven_partnerships(client: Client) -> None:
    virtual = _pilot(client, "2021-06-09")["virtual"]
    assert (virtual["total"], virtual["partnerships"]) == (80, 11)


def test_the_pilot_keeps_its_dates() -> None:
    pilot = Exchange.objects.filter(generation__code="pilot")
    virtual, physical = pilot.filter(modality="virtual"), pilot.filter(modality="physical")
    assert not virtual.exclude(actual_end__lte=date(2021, 8, 31)).exists()
    assert not physical.exclude(actual_start__gt=date(2021, 8, 31), actual_end__lte=date(2021, 11, 8)).exists()


def test_fifty_nine_organisations_travelled_and_some_had_met_on_the_screen_before() -> None:
    physical = Exchange.objects.filter(generation__code="pilot", modality="physical")
    assert physical.values("organisation").distinct().count() == 59
    virtual = Exchange.objects.filter(generation__code="pilot", modality="virtual")
    both = physical.filter(match__visiting_profile__in=virtual.values("match__visiting_profile"))
    assert both.count() >= 5


def test_the_pilot_is_paid_and_has_no_papers_here() -> None:
    physical = Exchange.objects.filter(generation__code="pilot", modality="physical")
    payments = Payment.objects.filter(exchange__generation__code="pilot")
    assert [payment.state for payment in payments] == ["paid"] * 59
    assert sum(payment.paid_amount or 0 for payment in payments) == sum(one.payable or 0 for one in physical)
    assert not CtqVersion.objects.filter(exchange__generation__code="pilot").exists()
    assert not Exchange.objects.filter(generation__code="pilot", is_recorded=False).exists()


def test_the_pilots_thirteen_partnerships() -> None:
    pilots = Partnership.objects.filter(participations__generation__code="pilot")
    assert pilots.count() == 13
    unnamed = pilots.filter(acronym__startswith="Pilot Partnership").order_by("acronym")
    assert [(one.acronym, one.note.partition(";")[0]) for one in unnamed] == [
        ("Pilot Partnership 12", "name not known"),
        ("Pilot Partnership 13", "name not known"),
    ]
    assert not pilots.exclude(note__contains="made up").exclude(acronym="EXXTRA").exists()


def test_no_pilot_profile_is_open() -> None:
    assert set(Profile.objects.filter(generation__code="pilot").values_list("state", flat=True)) == {"archived"}


def test_the_pilot_is_open_to_all_countries_of_the_reference() -> None:
    pilot = Generation.objects.get(code="pilot")
    assert pilot.countries.count() == 39
    assert statistics(Filters(generation=pilot))["exchanges"]["confirmed"] == 228


def test_every_name_is_made_up() -> None:
    assert not Organisation.objects.exclude(website__endswith=".example").exists()
