"""The page of what happened to a record, which the record's own page shows once the reader unfolds it."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.workflow import StatefulModel, kind_of
from cxc.workflow.models import StateEvent
from helpdesk.services.questions import ask_question
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.html import source_of
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(thing: StatefulModel) -> str:
    return reverse("history", args=[kind_of(thing), thing.pk])


def history(thing: StatefulModel, actor: Actor) -> str:
    return source_of(client_for(actor).get(address(thing)))


def test_each_step_is_listed_the_newest_first() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    said = history(exchange, parties.vo)
    assert said.index("Ready to start") < said.index("Preparation") < said.index("Draft")
    assert said.count(str(parties.vop)) >= 2


def test_the_page_of_the_record_leads_to_it_and_reads_nothing_of_it() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    with CaptureQueriesContext(connection) as queries:
        own = client_for(parties.vo).get(exchange.get_absolute_url()).content.decode()
    assert not [query for query in queries if StateEvent._meta.db_table in query["sql"]]
    assert f'data-hx-get="{address(exchange)}"' in own
    assert f'href="{address(exchange)}"' in own


def test_who_may_not_read_it_gets_neither_page_nor_link() -> None:
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    observer = people.observer()
    assert address(exchange) not in client_for(observer).get(exchange.get_absolute_url()).content.decode()
    assert client_for(observer).get(address(exchange)).status_code == 403
    stranger = people.member(people.organisation())
    assert client_for(stranger).get(address(exchange)).status_code == 404


def test_every_record_with_states_says_who_may_read_its_history() -> None:
    models = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    assert len(models) > 10
    assert [model for model in models if "history" not in model.read_permissions] == []


def test_who_asked_for_help_does_not_read_why_the_question_was_passed_on() -> None:
    parties = usual_parties()
    question = ask_question(by=parties.vo, subject="When?", text="By when is it due?")
    assert client_for(parties.vo).get(address(question)).status_code == 403


@pytest.mark.parametrize("kind", ["exchanges.nothing", "nothing", "profiles.user"])
def test_a_kind_that_has_no_history_is_not_found(kind: str) -> None:
    assert client_for(people.stranger()).get(reverse("history", args=[kind, 1])).status_code == 404
