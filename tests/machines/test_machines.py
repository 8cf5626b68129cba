"""Two web machines, three workers and beat on PostgreSQL, Redis and a store of files that are nobody's own.

`./portal bench machines` walks from sign-up to payment through them. Rule: docs/production.md, On several machines.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests
from celery import current_app
from django.conf import settings
from django.db import connection

from cxc import clock
from cxc.access.personal import principal_key
from cxc.access.scoped import Actor
from cxc.bulk import runs
from cxc.bulk.actions import action_of
from cxc.bulk.models import BulkItem, BulkRun
from cxc.comms.models import Mail
from cxc.web.models import FormDraft
from cxc.workflow.models import StateEvent
from exchanges.models import Evidence
from profiles.enums import ProfileState
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.plugin.machines import Machines, started, wait_until
from tests.plugin.portal import copied_database
from tests.scenarios import lifecycle

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.long(60)
TOKEN = "a" * 32  # against forgery: cookie and header agree
ITEMS = 60


@pytest.fixture(scope="module")
def machines(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: "DjangoDbBlocker"
) -> Iterator[Machines]:
    """On a database of the tests' PostgreSQL. The jobs of beat look every three seconds."""
    with django_db_blocker.unblock(), copied_database():
        url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        home = tmp_path_factory.mktemp("machines")
        with started(home, url, {"CXC_MOVABLE_CLOCK": "1"}, balanced=False) as found:
            yield found


class Person:
    """Somebody signed in, whose requests go to the web machine that is named."""

    def __init__(self, machines: Machines, actor: Actor) -> None:
        self.webs = machines.webs
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.cookies.update({"sessionid": client_for(actor).cookies["sessionid"].value, "csrftoken": TOKEN})
        self.session.headers["X-CSRFToken"] = TOKEN

    def get(self, web: int, path: str) -> requests.Response:
        return self.session.get(f"{self.webs[web]}{path}", timeout=60)

    def post(self, web: int, path: str, data: object, **more: object) -> requests.Response:
        return self.session.post(f"{self.webs[web]}{path}", data, timeout=60, allow_redirects=False, **more)


def test_a_portal_on_several_machines(machines: Machines) -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        exchange = lifecycle.ongoing(parties)
    visitor = Person(machines, parties.vo)

    # A session goes on from one web to the other at each request, with what was typed.
    draft = {"fields": [["full_name", "Ana"]], "address": "/me/?form=1", "base": "", "principal": ""}
    draft["principal"] = principal_key(parties.vo)
    saved = visitor.post(0, "/form-drafts/", json.dumps(draft), headers={"Content-Type": "application/json"})
    assert saved.status_code == 200
    assert [visitor.get(number % 2, "/todo/").status_code for number in range(6)] == [200] * 6
    assert FormDraft.objects.get(address="/me/?form=1").fields == [["full_name", "Ana"]]

    # What is uploaded at one is read at the other, and lies in neither's folder.
    address = f"/exchanges/{exchange.pk}/evidence/"
    answer = visitor.post(
        0, address, {"kind": "hotel", "note": ""}, files={"file": ("bill.pdf", PDF, "application/pdf")}
    )
    assert answer.status_code == 302
    piece = Evidence.objects.get()
    assert visitor.get(1, f"/documents/evidence/{piece.pk}/").content == PDF
    stored = {path.read_bytes() for path in (machines.store.folder / "portal" / "files").rglob("*.pdf")}
    assert PDF in stored
    assert [path for name in machines.ports for path in (machines.home / name).rglob("*.pdf")] == []

    # Redis is killed: the session goes on, and a question is taken whose mail is sent once Redis is back.
    machines.kill("valkey")
    asked = [visitor.post(web, "/help/", {"subject": f"From {web}", "text": "Where is it?"}) for web in (0, 1)]
    assert [answer.status_code for answer in asked] == [302, 302]
    assert [visitor.get(web, "/todo/").status_code for web in (0, 1)] == [200, 200]
    machines.restart("valkey")
    wait_until(lambda: not Mail.objects.exclude(status=Mail.Status.SENT).exists(), what="sending all mails")
    written = [path.read_text() for path in (machines.home / "mails").iterdir()]
    assert Mail.objects.exclude(text="").count() == len(written) > 0
    assert Counter(one.partition("Message-ID: ")[2].partition("\n")[0] for one in written).most_common(1)[0][1] == 1
    assert visitor.get(1, "/todo/").status_code == 200


def test_a_worker_that_is_killed_leaves_nothing_undone_and_nothing_doubled(machines: Machines) -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        for _number in range(ITEMS):
            organisation = people.organisation("ES")
            lifecycle.draft(organisation, parties.vop, people.member(organisation))
    action = action_of("profile-archive")
    assert action is not None
    drafts = Profile.objects.filter(partnership=parties.vop, state=ProfileState.DRAFT)
    run = runs.create_run(action, drafts, by=parties.vop_coordinator)
    send(machines, "cxc.bulk.tasks.work_on_run", run.pk)
    wait_until(lambda: BulkRun.objects.filter(pk=run.pk, previewed_at__isnull=False).exists(), what="the preview")
    runs.confirm(run, "Too old.")
    send(machines, "cxc.bulk.tasks.work_on_run", run.pk)
    done = run.items.filter(outcome=BulkItem.Outcome.DONE)
    wait_until(lambda: done.count() >= 5, what="the run")
    (at_work,) = {name for name in ("worker-1", "worker-2", "worker-3") if works_on(machines, name)}
    machines.kill(at_work)
    assert done.count() < ITEMS
    send(machines, "cxc.bulk.tasks.work_on_unfinished_runs")  # as beat does each minute
    send(machines, "cxc.bulk.tasks.work_on_unfinished_runs")
    wait_until(lambda: BulkRun.objects.filter(pk=run.pk, finished_at__isnull=False).exists(), what="the end")
    events = StateEvent.objects.filter(kind="profiles.profile", transition="archive_draft")
    assert (done.count(), Counter(Counter(events.values_list("thing_id", flat=True)).values())) == (ITEMS, {1: ITEMS})


def send(machines: Machines, task: str, *arguments: object) -> None:
    with current_app.connection_for_write(machines.portal.env["REDIS_URL"]) as broker:
        current_app.send_task(task, arguments, connection=broker)


def works_on(machines: Machines, name: str) -> bool:
    """Whether this worker has begun a run that it has not ended."""
    said = re.findall(r"Task cxc\.bulk\.tasks\.work_on_run\[\S+\] (received|succeeded)", machines.log(name))
    return Counter(said)["received"] > Counter(said)["succeeded"]
