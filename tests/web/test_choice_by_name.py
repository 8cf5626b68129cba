"""A choice among more rows than a list can hold."""

from typing import Any

import pytest
from django import forms

from cxc.web import choice_by_name
from cxc.web.choice_by_name import ChoiceByName
from profiles.models import Country

pytestmark = pytest.mark.django_db


def _form(chosen: Any, **initial: Any) -> forms.Form:
    class CountryForm(forms.Form):
        country = ChoiceByName(Country.objects.all(), names=["name"])

    return CountryForm(None if chosen is None else {"country": chosen}, initial=initial)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice_by_name, "LONGEST_LIST", 3)


def test_few_rows_are_a_list() -> None:
    assert "<select" in str(_form(None)["country"])
    form = _form("FR")
    assert form.is_valid()
    assert form.cleaned_data["country"].name == "France"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("typed", "code"), [("France", "FR"), ("fránce", "FR"), ("Belg", "BE"), ("Austria", "AT")])
def test_of_many_one_writes_a_name_or_a_part_of_one(typed: str, code: str) -> None:
    assert "<input" in str(_form(None)["country"])
    form = _form(typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["country"].pk == code


@pytest.mark.usefixtures("many")
def test_a_part_of_several_names_and_of_none_are_refused() -> None:
    several, none = _form("land"), _form("Atlantis")
    assert not several.is_valid()
    assert "Several have this in their name" in str(several.errors)
    assert not none.is_valid()
    assert "Nothing here has this in its name." in str(none.errors)
