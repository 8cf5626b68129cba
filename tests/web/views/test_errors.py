"""What one reads when something goes wrong."""

import psycopg2
import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from cxc.web.views.errors import server_error
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


def test_a_timeout_of_a_question_is_a_fault(now: None) -> None:
    """The database answered, so trying again does not help."""
    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)")
    assert isinstance(raised.value.__cause__, psycopg2.Error)
    try:
        raise raised.value
    except OperationalError:
        assert server_error(RequestFactory().get("/")).status_code == 500


def test_an_address_that_is_nothing_leads_on() -> None:
    answer = client_for(usual_parties().vo).get("/no-such-page/")
    assert (answer.status_code, 'href="/todo/"' in answer.content.decode()) == (404, True)
