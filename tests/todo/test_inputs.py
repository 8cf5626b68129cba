"""What the derivation reads, as it is watched doing it, is declared: so a change of it has the to-do derived anew."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F, Field, ForeignObjectRel, Model, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.todo import reconcile, triggers
from cxc.todo.derive import owed_on
from cxc.todo.models import ReconcileRequest
from cxc.todo.reading import reading
from cxc.todo.subjects import TodoSubject, others_read, subjects
from cxc.workflow.deadlines import Deadlines
from profiles.models import User
from tests.scenarios.lifecycle import NOW
from tests.todo.things_in_each_state import parties_with_things

pytestmark = [pytest.mark.long(50), pytest.mark.django_db, pytest.mark.usefixtures("now")]

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
NAME = "only its name is read, which is looked up anew whenever the item is shown"
BESIDE = "it comes with the exchange, and is another document's"
VISITORS = "none of the visitors owes anything on the shared part"
# What is read and need not be declared: subject -> kind -> why.
EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "profiles.profile": {"profiles.exchangetype": NAME, "profiles.sector": NAME},
    "helpdesk.helprequest": {"profiles.user": NAME},
    "exchanges.recordedsubmission": {"profiles.partnership": NAME},
    "exchanges.ownpart": {"exchanges.financialagreement": BESIDE},
    "exchanges.financialagreement": {"exchanges.ownpart": BESIDE},
    "exchanges.sharedpart": {"matching.match": VISITORS, "profiles.profile": VISITORS},
}


def names() -> dict[str, str]:
    """Kinds by their tables."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.label_lower for model in found}


def declared(subject: TodoSubject) -> set[str]:
    return {subject.kind, *subject.inputs, *EXCEPTIONS.get(subject.kind, ())}


def derive(subject: TodoSubject, rows: QuerySet) -> int:
    """How many items there are."""
    with reading() as together:
        return len(owed_on(subject, set(rows.values_list("pk", flat=True)), Deadlines(), together))


def test_every_table_that_is_read_is_declared() -> None:
    parties_with_things()
    by_table, missing = names(), list[str]()
    for subject in subjects():
        with CaptureQueriesContext(connection) as captured:
            assert derive(subject, subject.things()), subject
        read = {by_table[table] for query in captured.captured_queries for table in TABLE.findall(query["sql"])}
        missing += [f"{subject.kind} ({subject.group}) reads {kind}" for kind in sorted(read - declared(subject))]
    assert "\n".join(missing) == ""


@contextmanager
def rows_read() -> Iterator[set[tuple[str, Any]]]:
    """The rows that are fetched within the block, by kind and primary key."""
    found: set[tuple[str, Any]] = set()
    fetch = Model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: type[Model], *arguments: Any, **options: Any) -> Model:
        row: Model = fetch(cls, *arguments, **options)
        found.add((cls._meta.label_lower, row.pk))
        return row

    with patch.object(Model, "from_db", classmethod(from_db)):
        yield found


def test_every_row_that_is_read_leads_to_the_thing() -> None:
    """A path may be missing although the kind is declared: the visitor's side, and not the host's."""
    parties_with_things()
    missing = set()
    for subject in subjects():
        for pk in subject.things().values_list("pk", flat=True):
            with rows_read() as rows:
                derive(subject, subject.things().filter(pk=pk))
            for kind, row in rows - {(subject.kind, pk)}:
                if not leads_to(subject, pk, kind, row):
                    missing.add(f"{subject.kind} ({subject.group}) reads {kind}")
    assert "\n".join(sorted(missing)) == ""


def leads_to(subject: TodoSubject, pk: int, kind: str, row: Any) -> bool:
    """Whether a change of this row has the thing derived anew."""
    if kind in EXCEPTIONS.get(subject.kind, ()):
        return True
    paths = subject.inputs.get(kind, ())
    things = subject.model._base_manager.filter(pk=pk)
    return (paths == () and kind in subject.inputs) or any(things.filter(**{path: row}).exists() for path in paths)


def test_a_row_that_is_gone_leads_to_the_thing_by_its_owner() -> None:
    """Where a path leads to rows by their own column, what it led through is declared too."""
    for subject in subjects():
        for path in (path for paths in subject.inputs.values() for path in paths):
            relation, way = triggers._last_step(apps.get_model(subject.kind), path), path.rpartition("__")[0]
            if isinstance(relation, ForeignObjectRel):
                owner = relation.model._meta.label_lower
                assert way in subject.inputs.get(owner, ()) if way else owner == subject.kind, (subject, path)


KINDS_READ_IN_PART = sorted({one.kind for one in subjects() if one.others_read is not None})


# Columns of which the database wants one or the other: each time these are empty.
NOT_TOGETHER = {"exchanges.financialagreement": (("iban",), ("account_number", "bank_name"))}


def write(rows: "QuerySet[Any]", **values: Any) -> None:
    """Give these rows other values, past the engine."""
    rows.update(**values)


def requested(kind: str, **values: Any) -> set[bool]:
    """Whether only what is owed on the rows themselves is asked for, when all of them are given these values."""
    ReconcileRequest.objects.all().delete()
    write(apps.get_model(kind)._base_manager.all(), **values)
    return set(ReconcileRequest.objects.filter(kind=kind).values_list("names_subject", flat=True))


def other_value(column: "Field[Any, Any]") -> object:
    """Something else than what stands in the column, in every row."""
    if isinstance(column, models.BooleanField):
        return ~F(column.name)
    if isinstance(column, models.IntegerField):
        return F(column.name) + 1
    if isinstance(column, models.DateTimeField):
        return clock.now() + timedelta(days=99)
    if isinstance(column, models.JSONField):
        return {"reason": "Write more.", "texts": {}}
    return None if column.is_relation else "Other"


def wrong_beside(kind: str) -> list[str]:
    """What is stored otherwise than it is derived on things of other kinds."""
    lines = [line for page in reconcile.pages_of_everything() for line in reconcile.differences(page)]
    return [line for line in lines if f" {kind} " not in line]


@pytest.mark.parametrize("kind", KINDS_READ_IN_PART)
def test_a_change_that_others_do_not_read_changes_nothing_that_is_owed_on_others(kind: str) -> None:
    parties_with_things()
    model, read = apps.get_model(kind), others_read(kind)
    assert read is not None
    for state in read.equivalent_states:
        write(model._base_manager.filter(state__in=read.equivalent_states), state=state)
        assert wrong_beside(kind) == [], state
    columns = [one for one in model._meta.concrete_fields if one.attname not in {"id", "state", *read.columns}]
    others = {one.attname: other_value(one) for one in columns}
    for empty in NOT_TOGETHER.get(kind, ((),)):
        assert requested(kind, **others | dict.fromkeys(empty, "")) == {True}
        assert wrong_beside(kind) == []
    write(model._base_manager.all(), state=read.equivalent_states[0])
    assert requested(kind, state="validated") == {False}
    assert requested(kind, state="validated", **{name: F(name) for name in read.columns}) == {True}


@pytest.mark.parametrize("kind", KINDS_READ_IN_PART)
def test_a_row_that_comes_goes_or_changes_its_owner_concerns_others(kind: str) -> None:
    parties_with_things()
    row = apps.get_model(kind)._base_manager.latest("pk")
    with transaction.atomic():
        row.delete()
        assert False in set(ReconcileRequest.objects.filter(kind=kind).values_list("names_subject", flat=True))
        ReconcileRequest.objects.all().delete()
        row.save(force_insert=True)
    assert set(ReconcileRequest.objects.filter(kind=kind).values_list("names_subject", flat=True)) == {False}


def test_what_is_stored_does_not_depend_on_the_day_on_which_it_is_derived() -> None:
    parties_with_things()
    for days in (1, 15, 31, 45, 75, 100, 300, 400):
        with clock.at(NOW + timedelta(days=days)):
            wrong = reconcile.all_differences()
        assert wrong == [], f"after {days} days"


def test_a_change_of_a_column_that_nobody_reads_asks_for_nothing() -> None:
    parties_with_things()
    User.objects.update(last_login=clock.now())
    assert not ReconcileRequest.objects.exists()
    User.objects.filter(pk=User.objects.earliest("pk").pk).update(is_active=False)
    assert ReconcileRequest.objects.exists()


def test_a_bulk_update_names_only_the_rows_whose_watched_columns_changed() -> None:
    number = triggers.MOST_NAMED_ROWS + 1
    User.objects.bulk_create(User(email=f"person{one}@example.org") for one in range(number))
    ReconcileRequest.objects.all().delete()
    User.objects.update(last_login=clock.now())
    assert not ReconcileRequest.objects.exists()
    first = User.objects.earliest("pk")
    User.objects.update(is_active=~Q(pk=first.pk))
    assert list(ReconcileRequest.objects.values_list("kind", "thing_id")) == [("profiles.user", first.pk)]


def test_a_bulk_update_of_more_watched_rows_than_are_named_asks_for_the_whole_kind() -> None:
    number = triggers.MOST_NAMED_ROWS + 1
    User.objects.bulk_create(User(email=f"person{one}@example.org") for one in range(number))
    ReconcileRequest.objects.all().delete()
    User.objects.update(is_active=False)
    assert list(ReconcileRequest.objects.values_list("kind", "thing_id")) == [("profiles.user", None)]
