"""The outcome of every address × method × role × relation equals the committed tables (`tests/access/tables`).

After a wanted change write the tables with `WRITE_TABLES=1 ./portal test tests/access` and compare the difference with
docs/rules.md#access. A normal run sends the requests that `tests.access.selection` chooses; writing the tables and
`./portal bench access` (`ALL_RELATIONS=1`) send all of them.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cxc.comms.models import Mail
from tests.access import expected
from tests.access.addresses import addresses
from tests.access.attempts import REFUSALS, Attempt
from tests.access.selection import relations_to_try
from tests.access.survey import Cell, Line, Survey, everything, survey
from tests.access.tables import FOLDER, committed, written
from tests.access.targets.all import TARGETS
from tests.access.targets.support_office import ADMIN, TABLE

pytestmark = [pytest.mark.long(300), pytest.mark.django_db]

WRITES = bool(os.environ.get("WRITE_TABLES"))
TABLES = sorted({address.table for address in addresses().values()} | {TABLE})
WHAT_TO_DO = "Add a target in tests/access/targets (docs/tests.md, The matrix of access): "


@pytest.fixture(scope="module")
def result(django_db_setup: None, django_db_blocker: Any) -> Iterator[Survey]:
    """The result of one survey for all tests of this module."""
    known = committed()

    def choose(line: Line, role: str) -> tuple[str, ...]:
        if WRITES or os.environ.get("ALL_RELATIONS"):
            return everything(line, role)
        return relations_to_try(line, role, known)

    with django_db_blocker.unblock():
        yield survey(choose)


def test_every_request_was_tried(result: Survey, record_property: Callable[[str, object], None]) -> None:
    """Every target is tried; the number of requests is reported to `./portal bench access`."""
    record_property("requests", len(result.answers))
    record_property("cpu_seconds", result.cpu_seconds)
    assert {cell.line.route for cell in result.answers} == {target.route for target in TARGETS}


def test_every_address_has_a_target() -> None:
    named = {target.route for target in TARGETS if not target.route.startswith(ADMIN)}
    assert not set(addresses()) - named, WHAT_TO_DO + str(sorted(set(addresses()) - named))
    assert not named - set(addresses()), f"No such address any more: {sorted(named - set(addresses()))}"


def test_every_address_that_takes_a_post_has_a_body() -> None:
    with_body = {target.route for target in TARGETS if target.body is not None}
    without = {route for route, address in addresses().items() if "POST" in address.methods} - with_body
    assert not without, f"Give a valid body. {WHAT_TO_DO}{sorted(without)}"


@pytest.mark.parametrize("table", TABLES)
def test_outcomes_equal_the_committed_table(result: Survey, table: str) -> None:
    outcomes = {cell: attempt.outcome for cell, attempt in result.answers.items() if cell.line.table == table}
    if WRITES:
        (FOLDER / f"{table}.csv").write_text(written(outcomes, table))
    known = committed()
    wrong = [
        f"{_name(cell)}: {outcome}, not {expected_outcome}"
        for cell, outcome in outcomes.items()
        if outcome
        != (
            expected_outcome := known.get(cell.line.key, {})
            .get(cell.role, {})
            .get(cell.relation, "no line of the table")
        )
    ]
    assert not wrong, _listed(wrong)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_no_line_without_a_target(result: Survey, table: str) -> None:
    tried_lines = {cell.line.key for cell in result.answers if cell.line.table == table}
    assert set(committed(table)) == tried_lines, sorted(set(committed(table)) ^ tried_lines)


def test_a_refused_request_changes_nothing(result: Survey) -> None:
    found = {
        cell: attempt for cell, attempt in result.answers.items() if attempt.outcome in REFUSALS and attempt.changed
    }
    assert not found, _listed([f"{_name(cell)} changed {attempt.changed}" for cell, attempt in found.items()])


def test_a_get_changes_nothing(result: Survey) -> None:
    found = [
        f"{_name(cell)} changed {more}"
        for cell, attempt in result.answers.items()
        if cell.line.method == "GET"
        and (more := set(attempt.changed) - expected.READING_WRITES.get(cell.line.route, set()))
    ]
    assert not found, _listed(found)


def test_a_post_that_is_not_refused_changes_something(result: Survey) -> None:
    """The bodies are valid: a request that is not refused changes something."""
    found = [
        f"{_name(cell)}: {attempt.outcome} {attempt.detail}"
        for cell, attempt in result.answers.items()
        if cell.line.method == "POST" and not _is_expected(cell, attempt)
    ]
    assert not found, _listed(found)


def test_no_page_fails(result: Survey) -> None:
    found = [
        f"{_name(cell)}: {attempt.outcome} {attempt.detail}"
        for cell, attempt in result.answers.items()
        if cell.line.method == "GET" and attempt.outcome not in expected.ANSWERS_TO_GET
    ]
    assert not found, _listed(found)


def test_every_form_that_sends_mail_has_a_limit(result: Survey) -> None:
    sending = {cell.line.route for cell, attempt in result.answers.items() if Mail._meta.db_table in attempt.changed}
    assert sending
    without = [route for route in sending if not getattr(addresses()[route].view, "rate_limit", "")]
    assert not without, _listed(without)


def test_no_answer_shows_a_text_to_somebody_who_may_not_read_it(result: Survey) -> None:
    assert not result.leaks, _listed(result.leaks)


def _is_expected(cell: Cell, attempt: Attempt) -> bool:
    if attempt.outcome == "done" or attempt.outcome in REFUSALS:
        return True
    named = expected.ANSWERS_TO_POST.get((cell.line.route, cell.line.label), {})
    return attempt.outcome in named.get(cell.role, named.get(expected.EVERYBODY, ()))


def _name(cell: Cell) -> str:
    whose = f" of {cell.relation}" if cell.relation else ""
    return " ".join(filter(None, [cell.line.method, cell.line.route, cell.line.label])) + f"{whose}, as {cell.role}"


def _listed(sentences: list[str]) -> str:
    return "\n".join(["", *sorted(set(sentences))])
