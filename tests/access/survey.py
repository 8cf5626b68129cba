"""Sends the requests of the matrix, stage by stage, to one set of sample data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any
from unittest.mock import patch

from django.template import Context, Template, engines
from django.utils.safestring import SafeString

from cxc.documents.pdf import engine, rendering
from tests.access.addresses import address_of
from tests.access.attempts import Attempt, RequestRunner
from tests.access.leaks import Markers, markers
from tests.access.sample import OWN
from tests.access.signed_in import read_once
from tests.access.stages import SurveyData, new_survey_data, stages
from tests.access.targets import all as targets
from tests.access.targets.target import Target
from tests.factories import cache
from tests.plugin.deferred_todo import derived_when_read
from tests.plugin.portal import copied_database


@dataclass(frozen=True)
class Line:
    """A line of the tables: an address with a method, at a stage."""

    table: str
    route: str
    label: str
    method: str
    relations: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.route, self.label, self.method


@dataclass(frozen=True)
class Cell:
    """One request: a line, the role that sends it, and whose record the address names."""

    line: Line
    role: str
    relation: str


# The relations of a line that are tried as a role.
Choose = Callable[[Line, str], tuple[str, ...]]


@dataclass
class Survey:
    """The outcome of every request, and the texts that an answer showed to somebody who may not read them."""

    answers: dict[Cell, Attempt] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    cpu_seconds: float = 0.0


def lines_of(target: Target) -> Iterator[Line]:
    """A line for each method; a method that the address does not take has a line too."""
    address = address_of(target.route)
    for method in target.methods:
        takes_it = method in address.methods
        is_tried = not takes_it or method == "GET" or target.body is not None
        if is_tried and not (not takes_it and target.label):
            yield Line(address.table, target.route, target.label, method, target.relations)


def everything(line: Line, _role: str) -> tuple[str, ...]:
    """Every relation."""
    return line.relations


# Templates of refusals, each as the sentences in it: half of all answers are refusals.
_SHORT_REFUSALS = {
    "403.html": "{{ exception }}",
    "404.html": "{{ exception }}",
    "refused.html": "{% for sentence in refusal.sentences %}{{ sentence }} {% endfor %}",
}


@contextmanager
def _short_refusals() -> Iterator[None]:
    """Render only the sentences of a refusal, not the page around them; tell the test client of no template."""
    backend: Any = engines["django"]
    engine_of_pages = backend.engine
    templates = {name: engine_of_pages.from_string(text) for name, text in _SHORT_REFUSALS.items()}
    cached = engine_of_pages.template_loaders[0].get_template_cache
    with patch.dict(cached, templates), patch.object(Template, "_render", _rendered):
        yield


def _rendered(template: Template, context: Context) -> SafeString:
    """What Django renders outside tests: it sends no signal for each template, and thus none is recorded."""
    return template.nodelist.render(context)


@contextmanager
def _documents_as_text() -> Iterator[None]:
    """Store the HTML of a document instead of its PDF: it is quick to make and its text can be searched."""
    with patch.object(rendering, "_pdf", _as_text), patch.object(engine, "require"):
        yield


def _as_text(html: str, _attachments: object) -> bytes:
    return f"%PDF-1.7 {html}".encode()


def survey(choose: Choose) -> Survey:
    """Send the requests to a copy of the database, and search each answer for texts that its reader may not read.

    The data of each stage is committed and each request is a transaction of its own, because PostgreSQL gets slower
    with every savepoint within one transaction.
    """
    found, began = Survey(), process_time()
    cache.begin_test(uses_cache=False)
    with copied_database(), derived_when_read(), _documents_as_text(), _short_refusals():
        data = new_survey_data()
        for stage in stages(data):
            with read_once():
                _send(data, stage, choose, found)
    found.cpu_seconds = round(process_time() - began, 1)
    return found


def _send(data: SurveyData, stage: str, choose: Choose, found: Survey) -> None:
    """The requests of a stage."""
    runner, secrets = RequestRunner(data), markers(data.samples, is_matched=stage != "proposed")
    for target in targets.at(stage):
        for cell in _cells(target, choose, list(data.roles)):
            sample = data.samples[cell.relation or OWN]
            attempt = runner.attempt(target, cell.line.method, sample, data.roles[cell.role])
            found.leaks += _leaks(cell, attempt, secrets)
            found.answers[cell] = replace(attempt, text="")


def _leaks(cell: Cell, attempt: Attempt, secrets: Markers) -> list[str]:
    """A sentence for each text that the answer shows to somebody who may not read it."""
    shown = secrets.shown_to(cell.role, cell.line.route, attempt.text)
    address = " ".join(filter(None, [cell.line.route, cell.line.label]))
    return [f"{address} ({cell.relation or 'all'}) shows {one.what} ({one.relation}) to {cell.role}" for one in shown]


def _cells(target: Target, choose: Choose, roles: list[str]) -> Iterator[Cell]:
    for line in lines_of(target):
        for role in roles:
            for relation in choose(line, role):
                yield Cell(line, role, relation)
