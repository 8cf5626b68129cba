"""Which generation is meant where nobody names one."""

from datetime import date

import pytest
from django.test import Client

from matching.forms.plans import PlanForm
from profiles.forms.on_behalf import OnBehalfForm
from profiles.forms.profiles import NewProfileForm
from profiles.models import Generation, Participation
from profiles.queries.generations import default_generation, present_generation
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.matching import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]  # 7 September 2026

AHEAD, LAST = (date(2027, 1, 1), date(2029, 12, 31)), (date(2022, 1, 1), date(2024, 12, 31))


def test_the_default_generation_is_the_one_running_else_the_next_else_the_last() -> None:
    def generations(*spans: tuple[date, date]) -> list[Generation]:
        return [Generation(pk=n, first_day=first, last_day=last) for n, (first, last) in enumerate(spans)]

    running, ending = (date(2026, 9, 7), date(2026, 12, 31)), (date(2025, 1, 1), date(2026, 9, 7))
    later, longer = (date(2030, 1, 1), date(2032, 1, 1)), (date(2021, 1, 1), date(2025, 6, 1))
    for spans, chosen in (
        ([AHEAD, LAST, running, later], 2),
        ([AHEAD, ending, LAST], 1),
        ([ending, running], 1),  # of two that run, the one that began last
        ([later, LAST, AHEAD], 2),
        ([LAST, longer], 1),
    ):
        found = default_generation(generations(*spans))
        assert found is not None
        assert found.pk == chosen
    assert default_generation([]) is None


def test_a_generation_entered_ahead_empties_no_dashboard_form_or_page_of_today() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    ahead = people.generation("ahead", *AHEAD)
    Participation.objects.create(partnership=parties.vop, generation=ahead, target=1, last_day=ahead.last_day)
    today = people.generation()
    for client in (client_for(parties.vop_coordinator), client_for(parties.so)):
        assert client.get("/dashboard/").context["generation"] == today
    assert client_for(parties.vop_coordinator).get("/dashboard/?generation=ahead").context["generation"] == ahead
    assert present_generation() == today
    assert Client().get("/").context["generation"] == today
    forms = (NewProfileForm(actor=parties.vo), OnBehalfForm(), PlanForm(actor=parties.vop_coordinator))
    assert [form["generation"].value() for form in forms] == [today.pk] * 3
