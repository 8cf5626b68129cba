"""The sample data that the requests need: built once, then advanced from stage to stage."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.test import Client

from cxc import clock
from cxc.access.scoped import Actor
from cxc.todo import reconcile
from tests.access import setup_completion, setup_documents, setup_matching
from tests.access.sample import Sample, roles, samples
from tests.factories.clients import client_for
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import NOW

Build = Callable[[dict[str, Sample]], None]

# By name: the moment at which the requests of the stage are sent, and the function that brings the data to it.
STAGES: dict[str, tuple[datetime, Build]] = {
    "proposed": (NOW, setup_matching.propose),
    "matched": (NOW, setup_matching.match),
    "in preparation": (NOW, setup_documents.prepare),
    "moving": (NOW, setup_documents.ask_to_move),
    "handed in": (NOW, setup_documents.hand_in),
    "validated": (NOW, setup_documents.validate),
    "stayed": (AFTER, setup_completion.stay),
    "ongoing": (AFTER, setup_completion.hand_in),
    "written": (AFTER, setup_completion.write),
    "reported": (AFTER, setup_completion.report),
    "closed": (AFTER, setup_completion.close),
}


@dataclass
class SurveyData:
    """The samples, an actor for each role, and a signed-in client for each person."""

    samples: dict[str, Sample]
    roles: dict[str, Actor]
    clients: dict[object, Client] = field(default_factory=dict)

    def client(self, actor: Actor) -> Client:
        """The client in which this person is signed in; each person signs in once."""
        key = actor.user.pk if actor.user is not None else None
        if key not in self.clients:
            self.clients[key] = client_for(actor)
            self.clients[key].defaults["REMOTE_ADDR"] = "192.0.2.7"  # `/metrics` is open to this machine
        return self.clients[key]


def new_survey_data() -> SurveyData:
    """All people, organisations and Partnerships, each person signed in; no profile yet."""
    with clock.at(NOW), _committed():
        found = samples()
        data = SurveyData(found, roles(found))
        for sample in found.values():
            for actor in (value for value in vars(sample.parties).values() if isinstance(value, Actor)):
                data.client(actor)
        for actor in data.roles.values():
            data.client(actor)
    return data


@contextmanager
def _committed() -> Iterator[None]:
    """Commit the block as one transaction, without the mails and tasks that would follow."""
    with transaction.atomic():
        yield
        connection.run_on_commit.clear()


def stages(data: SurveyData) -> Iterator[str]:
    """The names of the stages, each when the data has reached it, with the clock set to its moment."""
    for name, (moment, build) in STAGES.items():
        with clock.at(moment):
            with _committed():
                build(data.samples)
                reconcile.work_off()  # once here, instead of at each page that reads the to-do
            yield name
