"""What is compiled once, to find the things that depend on changed rows, holds at any time."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.todo.dependents import DependentsQuery, compiled_queries
from cxc.todo.subjects import TodoSubject, subjects
from tests.scenarios.lifecycle import NOW

SUBJECTS = [pytest.param(subject, id=f"{subject.kind}-{number}") for number, subject in enumerate(subjects())]


def compiled_anew(subject: TodoSubject) -> dict[tuple[str, str], list[DependentsQuery]]:
    subject.compiled_queries.clear()
    ways = [("", ""), *((kind, path) for kind, paths in subject.inputs.items() for path in paths)]
    return {way: compiled_queries(subject, *way) for way in ways}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_only_what_asks_for_a_day_is_compiled_each_time(subject: TodoSubject) -> None:
    with clock.at(NOW):
        today = compiled_anew(subject)
        kept = set(subject.compiled_queries)
    with clock.at(NOW + timedelta(days=400, hours=5)):
        later = compiled_anew(subject)
    assert {way for way in today if today[way] == later[way]} == kept
    assert all((query.place is None) == (way == ("", "")) for way, queries in today.items() for query in queries)
