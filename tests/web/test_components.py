"""The page of components shows every one of them, to the Support Office only."""

from pathlib import Path

import pytest
from django.conf import settings

from cxc.web.components import states
from cxc.web.templatetags.looks import STATES
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"


def test_each_component_is_shown_with_the_real_file() -> None:
    so = client_for(usual_parties().so)
    used = {
        row.name
        for address in ("/components/", "/components/confirm/")
        for row in so.get(address).templates
        if row.name is not None
    }
    assert {f"components/{file.name}" for file in FOLDER.glob("*.html")} - used == set()


def test_each_state_of_each_thing_has_a_look_and_stands_on_the_page() -> None:
    page = client_for(usual_parties().so).get("/components/").content.decode()
    assert {state for state, _label in states()} - set(STATES) == set()
    assert {str(label) for _state, label in states() if page.count(f"{label}</span>") < 2} == set()


def test_the_page_is_for_the_support_office() -> None:
    parties = usual_parties()
    assert [client_for(who).get("/components/").status_code for who in (parties.vo, parties.vop_coordinator)] == [
        403,
        403,
    ]
