"""What one reads when something goes wrong."""

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_form_of_an_older_sign_in_is_refused_in_plain_words() -> None:
    parties = usual_parties()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(parties.vo.user)
    answer = strict.post("/me/", {"name": "Ann"})
    page = answer.content.decode()
    assert (answer.status_code, "Nothing was changed." in page, "CSRF verification" in page) == (403, True, False)


def test_the_page_of_a_fault_has_the_portals_looks_and_needs_nothing() -> None:
    answer = server_error(RequestFactory().get("/"))
    page = answer.content.decode()
    assert (answer.status_code, "css/theme.css" in page, 'href="/"' in page) == (500, True, True)


def test_an_address_that_is_nothing_leads_on() -> None:
    answer = client_for(usual_parties().vo).get("/no-such-page/")
    assert (answer.status_code, 'href="/todo/"' in answer.content.decode()) == (404, True)
