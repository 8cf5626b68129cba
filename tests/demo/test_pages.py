"""No input gives 500: every form of every page, as every role, one field at a time. INPUTS says how many."""

import logging
import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cxc import clock
from cxc.demo.scenarios.days import now_of
from profiles.models import User
from tests.demo.inputs import Form, answer_of, draft_bodies, forms_of, inputs

pytestmark = [pytest.mark.long(120), pytest.mark.usefixtures("demo_world", "db")]

NUMBER = int(os.environ.get("INPUTS", "600"))
SEED = int(os.environ.get("INPUTS_SEED", "10"))
# So many addresses of one view are looked at for their forms.
PER_VIEW = 1 if NUMBER <= 1000 else 3
ROLES = ("nobody", "visitor", "host", "coordinator", "support", "observer")


@pytest.fixture(scope="module")
def clients(demo_world: date) -> dict[str, Client]:
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, client in made.items():
        if role != "nobody":
            client.force_login(User.objects.get(email=f"{role}@demo.example"))
    return made


@pytest.fixture(scope="module")
def forms(demo_world: date, clients: dict[str, Client]) -> list[Form]:
    with clock.at(now_of(demo_world)):
        return [form for role, client in clients.items() for form in forms_of(role, client, per_view=PER_VIEW)]


@pytest.fixture
def at_the_demo_day(demo_world: date) -> Iterator[None]:
    logging.disable(logging.ERROR)
    with clock.at(now_of(demo_world)):
        yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("at_the_demo_day")
def test_no_field_of_any_form_breaks_a_page(clients: dict[str, Client], forms: list[Form]) -> None:
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
