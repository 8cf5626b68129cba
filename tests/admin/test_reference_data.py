"""Reference data in the admin: what can't be is told in a sentence, never by the name of a constraint or a 500."""

import re
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.db import IntegrityError
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from cxc.core.constraints import has_sentence, sentence_of
from cxc.core.models import HolidayChange, SchemeSettings
from profiles.models import ClusterOrganisation, Country, Generation, LumpSumCeiling, Participation, Sector
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def support(client: Client) -> Client:
    client.force_login(people.user_of(people.support_office()))
    return client


def editable() -> set[type[Model]]:
    """The models that a form of the admin writes."""
    found: set[type[Model]] = set()
    for model, its in admin.site._registry.items():
        if "ReadOnlyAdmin" not in [one.__name__ for one in type(its).__mro__]:
            found |= {model, *(inline.model for inline in its.inlines)}
    return {model for model in found if model._meta.app_label in {"core", "workflow", "comms", "web", "profiles"}}


def test_a_choice_of_nothing_has_a_text(support: Client) -> None:
    """An option without one is no valid HTML, nor is a compulsory choice without any option."""
    for name, field in (("public_successstory_add", "sector"), ("profiles_participation_add", "partnership")):
        page = support.get(reverse(f"admin:{name}")).content.decode()
        choice = page.partition(f'name="{field}"')[2].partition("</select>")[0]
        assert re.findall(r"<option[^>]*>([^<]*)</option>", choice) == ["–"]


def test_a_compulsory_choice_begins_with_the_empty_one_where_something_is_chosen(support: Client) -> None:
    participation = Participation.objects.get(partnership=people.partnership("DE"))
    page = support.get(reverse("admin:profiles_participation_change", args=[participation.pk])).content.decode()
    choice = page.partition('name="partnership"')[2].partition("</select>")[0]
    options = re.findall(r'<option value="([^"]*)"( selected)?', choice)
    assert options == [("", ""), (str(participation.partnership_id), " selected")]


def test_every_constraint_that_a_form_of_the_admin_can_break_has_a_sentence() -> None:
    constraints = [one for model in editable() for one in model._meta.constraints]
    assert len(constraints) > 15
    assert [one.name for one in constraints if not has_sentence(one)] == []
    assert sentence_of("ceiling_above_zero") == "A ceiling is an amount above 0."
    assert sentence_of("no_such_constraint") == ""


def filled(client: Client, model: type[Model], obj: Model | None = None) -> tuple[str, dict[str, Any]]:
    """The address of a form, and what it holds before anybody types."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    address = reverse(f"{name}_change", args=[obj.pk]) if obj else reverse(f"{name}_add")
    context = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {form.add_prefix(key): bound.value() for form in forms for key, bound in zip(form.fields, form, strict=True)}
    return address, {key: value for key, value in data.items() if value is not None}


def told(client: Client, model: type[Model], obj: Model | None = None, **typed: Any) -> list[str]:
    """The sentences with which the form comes back; none where it was saved."""
    address, data = filled(client, model, obj)
    response = client.post(address, data | typed)
    if response.status_code == 302:
        return []
    assert response.status_code == 200
    context = response.context
    sentences = [error for errors in context["adminform"].form.errors.values() for error in errors]
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            sentences += [error for errors in form.errors.values() for error in errors]
    return sentences


def test_a_country_has_the_code_and_the_zone_of_the_world(support: Client) -> None:
    typed = {"name": "Utopia", "has_iban": "on"}
    assert told(support, Country, code="qq", time_zone="Europe/Brussels", **typed) == [
        "“qq” is not the code of a country: write two letters, for example BE for Belgium or XK for Kosovo*."
    ]
    assert told(support, Country, code="GE", time_zone="Mars/Phobos", **typed) == [
        "“Mars/Phobos” is not a time zone: write its name with its capital letters, for example Europe/Brussels."
    ]
    assert told(support, Country, code="GE", time_zone="", **typed) == ["This field is required."]
    assert told(support, Country, code="ge", time_zone="Asia/Tbilisi", **typed) == []
    assert Country.objects.filter(pk__in=["GE", "ge"]).get().pk == "GE"


def test_the_code_of_what_others_refer_to_is_given_once(support: Client) -> None:
    assert told(support, Country, Country.objects.get(pk="BE"), code="BB", name="Belgium again") == []
    assert (Country.objects.get(pk="BE").name, Country.objects.filter(pk="BB").exists()) == ("Belgium again", False)


def test_a_holiday_change_is_of_a_country_and_a_day_once(support: Client) -> None:
    assert told(support, HolidayChange, country_code="xk", day="2026-11-11") == []
    assert HolidayChange.objects.get().country_code == "XK"
    assert told(support, HolidayChange, country_code="XK", day="2026-11-11") == [
        "This day of this country is changed already: edit that change."
    ]
    assert "not the code of a country" in told(support, HolidayChange, country_code="q1", day="2026-11-11")[0]


def test_the_days_of_a_generation_are_in_order(support: Client) -> None:
    generation = people.generation()
    assert told(support, Generation, generation, last_virtual_day="2029-01-01") == [
        "The last day for virtual exchanges lies in the generation."
    ]
    assert told(support, Generation, generation, last_day="2024-01-01") == [
        "The last day of a generation is not before its first."
    ]
    made = people.partnership()
    participation = Participation.objects.get(partnership=made)
    assert told(support, Participation, participation, last_day="2024-12-31") == [
        "The generation begins on 1 Jan 2025: the last day can't be before."
    ]


def test_a_country_has_one_ceiling_at_a_time_among_those_typed_at_once_too(support: Client) -> None:
    belgium = Country.objects.get(pk="BE")
    LumpSumCeiling.objects.filter(country=belgium).delete()
    rows = {"ceilings-TOTAL_FORMS": "2"}
    for number, (first, last) in enumerate((("2027-01-01", ""), ("2027-06-01", "2027-12-31"))):
        row = {"amount": "500", "valid_from": first, "valid_to": last, "country": "BE"}
        rows |= {f"ceilings-{number}-{key}": value for key, value in row.items()}
    assert told(support, Country, belgium, **rows) == [
        "The ceiling before is still valid on this day: end that one first."
    ]
    LumpSumCeiling.objects.create(country=belgium, amount=500, valid_from=date(2027, 1, 1))
    typed = {"country": "BE", "valid_from": "2028-01-01", "valid_to": ""}
    assert told(support, LumpSumCeiling, amount="500", **typed) == [
        "This country has another ceiling on some of these days: end that one before this begins."
    ]
    assert "A ceiling is an amount above 0." in told(support, LumpSumCeiling, amount="0", **typed)


def test_other_reference_data_is_checked_too(support: Client) -> None:
    assert told(support, Sector, code="1x", title="Odd", section="Z", section_title="None") == [
        "A division of NACE is two figures, as 13, and its section a capital letter from A to U."
    ]
    ClusterOrganisation.objects.create(name="Pôle Mer", country_id="FR")
    assert told(support, ClusterOrganisation, name="POLE MER", country="FR") == [
        "The register has a cluster of this name in this country already."
    ]
    settings = SchemeSettings.current()
    assert told(support, SchemeSettings, settings, draft_warn_days="75,60") == [
        "Write whole numbers above 0 in rising order, each once, as 3, 7, 14."
    ]
    assert told(support, SchemeSettings, settings, proposal_nudge_days="3,30") == ["Each has to be below 21."]


def test_a_rule_of_the_database_that_no_form_asked_about_is_a_sentence_too(support: Client) -> None:
    address, data = filled(support, Country, Country.objects.get(pk="BE"))
    with patch.object(Country, "save", side_effect=IntegrityError("some_constraint")):
        response = support.post(address, data, follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert "it contradicts something else that is stored" in page
    assert "some_constraint" not in page
