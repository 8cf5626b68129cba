"""A choice among more rows than a list can hold."""

from typing import Any

import pytest
from django import forms

from cxc.web import choice_by_name
from cxc.web.choice_by_name import ChoiceByName
from profiles.models import Country, Organisation
from tests.factories import people

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
    assert "Several names match" in str(several.errors)
    assert not none.is_valid()
    assert "No name matches. Check the spelling." in str(none.errors)


@pytest.mark.usefixtures("many")
def test_a_name_with_a_number_in_it_is_a_name() -> None:
    rows = [people.organisation(legal_name=name) for name in ("Studio", "Studio", "Other A", "Other B")]
    first, second, other, _last = rows
    by_number = people.organisation(legal_name=str(other.pk))
    in_brackets = people.organisation(legal_name=f"Mill ({other.pk})")

    class OrganisationForm(forms.Form):
        organisation = ChoiceByName(Organisation.objects.all(), names=["legal_name"], help_text="Whose it is.")

    def chosen(typed: str) -> Any:
        form = OrganisationForm({"organisation": typed})
        assert "Whose it is. Write its name, or a part of it." in str(form["organisation"].help_text)
        return form.cleaned_data["organisation"] if form.is_valid() else str(form.errors)

    assert chosen(str(other.pk)) == by_number
    assert chosen(f"Mill ({other.pk})") == in_brackets
    assert chosen(f"studio ({second.pk})") == second
    assert f"Studio ({first.pk})" in chosen("Studio")
    assert chosen(str(second.pk)) == second
