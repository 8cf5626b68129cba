"""Questions and answers, with the numbers that hold."""

import re

import pytest
from django.test import Client

from cxc.core.models import SchemeSettings
from helpdesk.faq import entries_for_page, groups
from helpdesk.faq.entries import ENTRIES, GROUPS
from profiles.queries.scheme_values import values_by_name
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def words() -> str:
    return " ".join(text for group in groups() for entry in group.entries for text in entry.answer)


def test_every_answer_has_its_numbers_and_no_place_left_open() -> None:
    people.generation()
    assert "%(" not in words()
    assert len(ENTRIES) >= 20
    assert {entry.group for entry in ENTRIES} == set(GROUPS)
    assert len({entry.slug for entry in ENTRIES}) == len(ENTRIES)


def test_no_number_of_the_scheme_is_written_into_a_text() -> None:
    """Only the limit on files stands in the text: it is a setting of the installation."""
    written = {
        number for entry in ENTRIES for text in entry.answer for number in re.findall(r"(?<![%(])\b\d+\b", str(text))
    }
    assert written == {"10"}


def test_a_changed_setting_changes_the_answer() -> None:
    people.generation()
    scheme = SchemeSettings.current()
    scheme.payment_working_days = 77
    scheme.save()
    assert "within 77 working days after the report" in words()


def test_a_changed_generation_changes_the_answer() -> None:
    generation = people.generation()
    generation.min_working_days, generation.max_stay_months = 4, 2
    generation.save()
    values = values_by_name(generation)
    assert (values["least_stay"], values["longest_stay"], values["physical_times"]) == (
        "4 working days",
        "2 months",
        "once",
    )


def test_without_a_generation_the_page_stands(client: Client) -> None:
    assert client.get("/faq/").status_code == 200


def test_each_question_has_an_anchor(client: Client) -> None:
    page = client.get("/faq/").content.decode()
    assert [entry.slug for entry in ENTRIES if f'id="{entry.slug}"' not in page] == []


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/matches/3/", "which-countries"),
        ("/profiles/1/", "who-visits"),
        ("/account/login/", "colleagues"),
        ("/", "what-is-it"),
    ],
)
def test_what_is_offered_fits_the_page(path: str, first: str) -> None:
    assert entries_for_page(path, None)[0].slug == first
