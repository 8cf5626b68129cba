"""A moment is shown by the clock of a place that is named, everywhere in the same way."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import DateTimeField
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cxc.core import moments
from profiles.queries.principals import actor_of
from tests.factories import people

LATE = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)
PUT = re.compile(r"([\w.]+)((?:\|\w+(?::(?:\"[^\"]*\"|[\w.]+))?)+)")
HOURS = re.compile(r'\|(?:date|time):"(?:[^"]*DATETIME[^"]*|[^"]*[GHgh]:i[^"]*)"')
HOURS_OF_A_DAY = {"starts", "ends"}  # of an agenda, by the clock at the visit
MACHINES = '|date:"Y-m-d'  # what an attribute says to programs


def _names_of_moments() -> set[str]:
    return {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, DateTimeField)
    } | {"at", "since", "waits_since", "moved_clock", "moment"}


def _shown_otherwise(text: str) -> list[str]:
    """Values of a template that are moments and pass neither `moment` nor `local`."""
    names = _names_of_moments()
    found = []
    for value, filters in PUT.findall(text):
        name = value.rpartition(".")[2]
        if MACHINES in filters or re.search(r"\|(moment|local)\b", filters) or name in HOURS_OF_A_DAY:
            continue
        if HOURS.search(filters) or ("|date" in filters and name in names):
            found.append(value + filters)
    return found


@pytest.mark.parametrize("bad", ['{{ event.happened_at|date:"j M Y" }}', '{{ x|date:"j M Y, H:i" }}'])
def test_a_template_that_shows_a_moment_in_utc_is_found(bad: str) -> None:
    assert len(_shown_otherwise(bad)) == 1


def test_every_template_names_the_place_of_its_moments() -> None:
    root = Path(settings.BASE_DIR) / "templates"
    files = [path for path in root.rglob("*") if path.suffix in {".html", ".txt"}]
    found = {str(path.relative_to(root)): _shown_otherwise(path.read_text()) for path in files}
    assert {name: values for name, values in found.items() if values} == {}


def test_a_moment_is_told_by_the_clock_there_with_the_name_of_the_place() -> None:
    with translation.override("en-gb"):
        assert moments.moment_text(LATE, "Europe/Brussels") == "15 Jul 2026, 00:30 (Brussels time)"
        assert moments.moment_text(LATE, "Asia/Yerevan") == "15 Jul 2026, 02:30 (Yerevan time)"
        assert moments.moment_text(LATE, "UTC") == "14 Jul 2026, 22:30 (UTC)"
    with translation.override("fr"):
        assert moments.zone_name("Europe/Lisbon") == "heure de Lisbonne"
        assert moments.zone_name("Europe/Madrid") == "heure de Madrid"


@pytest.mark.parametrize(("zone", "day"), [("Europe/London", "14"), ("Europe/Helsinki", "15"), ("", "15")])
def test_the_day_of_a_moment_is_the_day_there(zone: str, day: str) -> None:
    template = Template('{% load moments %}{{ at|local:zone|date:"j" }}')
    assert template.render(Context({"at": LATE, "zone": zone})) == day
    assert str(moments.local_day(LATE, zone).day) == day


@pytest.mark.django_db
def test_people_read_moments_by_the_clock_at_the_seat_of_whom_they_act_for() -> None:
    organisation = people.organisation("FI")
    owner = people.member(organisation)
    assert actor_of(people.user_of(owner)).zone == organisation.country.time_zone == "Europe/Helsinki"


@pytest.mark.django_db
def test_the_admin_names_the_zone_in_which_it_shows_moments(client: Client) -> None:
    client.force_login(people.user_of(people.support_office()))
    assert "Times: Brussels time" in client.get(reverse("admin:index")).content.decode()


def test_where_no_place_is_named_the_readers_clock_tells_the_moment() -> None:
    with translation.override("en-gb"), moments.read_by(lambda: "Europe/Helsinki"):
        assert Template("{% load moments %}{{ at|moment }}").render(Context({"at": LATE})) == moments.moment_text(
            LATE, "Europe/Helsinki"
        )
