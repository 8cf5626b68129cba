"""Every page that somebody reaches by links, opened once as each role.

Its links lead to pages, none of its words is left out of the translations, and no input gives 500: every form with one
field at a time that holds what nobody should type. INPUTS says how many.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cxc import clock
from cxc.demo.scenarios.days import now_of
from profiles.models import User
from tests.demo.inputs import Form, FormFinder, answer_of, draft_bodies, inputs
from tests.demo.link_check import LinkFaults, check_links
from tests.languages.untranslated import Data

pytestmark = [pytest.mark.long(200), pytest.mark.usefixtures("demo_world", "db")]

NUMBER = int(os.environ.get("INPUTS", "600"))
SEED = int(os.environ.get("INPUTS_SEED", "10"))
# So many addresses of one view are opened, and so many of these are looked at for their forms.
PER_VIEW = 3
WITH_FORMS = 1 if NUMBER <= 1000 else PER_VIEW
ROLES = ("nobody", "visitor", "host", "coordinator", "support", "observer")


@pytest.fixture(scope="module")
def clients(demo_world: date) -> dict[str, Client]:
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, client in made.items():
        if role != "nobody":
            client.force_login(User.objects.get(email=f"{role}@demo.example"))
    return made


@dataclass(frozen=True)
class Reached:
    """What one role found on the pages that it reaches."""

    faults: LinkFaults
    forms: list[Form]


@pytest.fixture(scope="module")
def reached(demo_world: date, clients: dict[str, Client]) -> dict[str, Reached]:
    data = Data()
    with clock.at(now_of(demo_world)):
        return {role: _reached(role, client, data) for role, client in clients.items()}


def _reached(role: str, client: Client, data: Data) -> Reached:
    """By links first; then what only rows and buttons lead to, and the pages of libraries, for their forms."""
    finder = FormFinder(role, WITH_FORMS)
    faults = check_links(client, "/", PER_VIEW, data, finder.read)
    finder.follow(client)
    return Reached(faults, finder.found)


@pytest.fixture
def at_the_demo_day(demo_world: date) -> Iterator[None]:
    logging.disable(logging.ERROR)
    with clock.at(now_of(demo_world)):
        yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_to_a_page_without_words_left_out_of_the_translations(
    reached: dict[str, Reached], role: str
) -> None:
    assert reached[role].faults == LinkFaults()


@pytest.mark.usefixtures("at_the_demo_day")
def test_no_field_of_any_form_breaks_a_page(clients: dict[str, Client], reached: dict[str, Reached]) -> None:
    forms = [form for one in reached.values() for form in one.forms]
    assert len({form.view for form in forms}) > 50
    broken = [str(one) for one in inputs(forms, list(ROLES), NUMBER, SEED) if answer_of(clients[one.role], one) >= 500]
    assert broken == []


@pytest.mark.usefixtures("at_the_demo_day")
def test_nothing_that_is_sent_to_be_saved_while_one_types_breaks(clients: dict[str, Client]) -> None:
    sent = [
        clients["visitor"].post(reverse("save_form_draft"), body, content_type="application/json")
        for body in draft_bodies()
    ]
    assert {answer.status_code for answer in sent} <= {200, 400, 409}
