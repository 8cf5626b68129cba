"""Database triggers that ask for the to-do to be derived anew, whoever writes a row and however.

Each table of a kind that a `TodoSubject` names, itself or in `inputs`, has them. They are made after each migration
from these declarations. A statement that would name more than MOST_NAMED_ROWS rows asks for the whole kind.

What depends on a row is looked up later, when a row that was deleted, or belongs to another one now, no longer leads to
its former owner: so the trigger names that owner too. A change that others do not read (`OthersRead`) concerns only
what is owed on the row itself.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import ForeignObjectRel

from cxc.todo.subjects import columns_read, others_read, subjects

MOST_NAMED_ROWS = 1000
INSERT, UPDATE, DELETE = "insert", "update", "delete"
# How each event's trigger calls the rows as they are now, or were last, and as they were before.
EVENTS = {
    INSERT: "NEW TABLE AS changed",
    UPDATE: "NEW TABLE AS changed OLD TABLE AS former",
    DELETE: "OLD TABLE AS changed",
}

FUNCTION = f"""
CREATE OR REPLACE FUNCTION todo_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    transaction_id bigint := pg_current_xact_id()::text::bigint;
    is_too_much boolean := {MOST_NAMED_ROWS} < (
        SELECT count(*) FROM (SELECT 1 FROM changed LIMIT {MOST_NAMED_ROWS + 1}) AS counted
    );
BEGIN
    -- Of many rows that were written, those that differ in a watched column may be few.
    IF is_too_much THEN
        EXECUTE 'SELECT count(*) > {MOST_NAMED_ROWS} FROM (SELECT 1 FROM (' || TG_ARGV[1] || ') AS named'
            ' LIMIT {MOST_NAMED_ROWS + 1}) AS counted' INTO is_too_much;
    END IF;
    IF is_too_much THEN
        INSERT INTO todo_reconcilerequest (kind, thing_id, transaction_id, names_subject)
        VALUES (TG_ARGV[0], NULL, transaction_id, false);
    ELSE
        EXECUTE 'INSERT INTO todo_reconcilerequest (kind, thing_id, transaction_id, names_subject)'
            ' SELECT DISTINCT kind, thing_id, $1, itself FROM (' || TG_ARGV[1] || ') AS named (kind, thing_id, itself)'
            USING transaction_id;
    END IF;
    RETURN NULL;
END $$;
"""


def kinds() -> list[str]:
    """The kinds whose rows the to-do depends on."""
    named = {kind for subject in subjects() for kind in (subject.kind, *subject.inputs)}
    return sorted(named)


def install(**_signal: Any) -> None:
    """Make the function and the triggers, and drop those that no declaration names any more; can run twice."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        tables = set(connection.introspection.table_names(cursor))
        wanted = {
            (_table(kind), _trigger(event)): (kind, event)
            for kind in kinds()
            for event in EVENTS
            if _table(kind) in tables
        }
        for (table, name), (kind, event) in wanted.items():
            cursor.execute(_creation(table, name, kind, event))
        for table, name in _existing(cursor) - wanted.keys():
            cursor.execute(f'DROP TRIGGER {name} ON "{table}"')


def _creation(table: str, name: str, kind: str, event: str) -> str:
    named = " UNION ALL ".join(_named_rows(kind, event)).replace("'", "''")
    return (
        f'CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON "{table}"'
        f" REFERENCING {EVENTS[event]} FOR EACH STATEMENT EXECUTE FUNCTION todo_request('{kind}', '{named}')"
    )


def _named_rows(kind: str, event: str) -> Iterator[str]:
    """Queries for kind and number of each row to name, and whether others read nothing of what changed."""
    model = apps.get_model(kind)
    before_and_now = f'former JOIN changed USING ("{model._meta.pk.column}")'
    columns = columns_read(kind) if event == UPDATE else ()
    read = others_read(kind) if event == UPDATE else None
    rows = f"{before_and_now} WHERE {_differ(*columns) if columns else 'true'}" if columns or read else "changed"
    itself = f"NOT ({_differ(*read.columns, equivalent_states=read.equivalent_states)})" if read else "false"
    yield f"SELECT '{kind}', {_number(model)}, {itself} FROM {rows}"
    for column, owner in () if event == INSERT else sorted(owners(kind).items()):
        rows = "changed WHERE true" if event == DELETE else f"{before_and_now} WHERE {_differ(column)}"
        last = "changed" if event == DELETE else "former"
        yield f"""SELECT '{owner}', {last}."{column}", false FROM {rows} AND {last}."{column}" IS NOT NULL"""


def _differ(*columns: str, equivalent_states: Sequence[str] = ()) -> str:
    """Whether one of the columns changed; a state that is among those that are alike counts as one of them."""
    listed = [f'changed."{column}"' for column in columns]
    if equivalent_states:
        states = ", ".join(f"'{state}'" for state in equivalent_states)
        listed.append(f"CASE WHEN changed.state IN ({states}) THEN '' ELSE changed.state END")
    now = ", ".join(listed)
    return f"({now}) IS DISTINCT FROM ({now.replace('changed.', 'former.')})"


def _number(model: type[models.Model]) -> str:
    """The column by which a row is named: its own number, or for a pair of a relation the row that declares it."""
    key: Any = model._meta.pk
    declared_by: Any = model._meta.auto_created
    if declared_by:
        key = next(one for one in model._meta.fields if one.related_model is declared_by)
    # A kind whose key is no number is reference data: everything that reads it is derived anew.
    return f'changed."{key.column}"' if isinstance(key, models.IntegerField | models.ForeignKey) else "NULL::bigint"


def owners(kind: str) -> dict[str, str]:
    """Where a path of a declaration leads to rows of this kind by their own column: that column -> the owner's kind."""
    found: dict[str, str] = {}
    for subject in subjects():
        for path in subject.inputs.get(kind, ()):
            relation = _last_step(apps.get_model(subject.kind), path)
            if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
                found[str(relation.field.column)] = relation.model._meta.label_lower
    return found


def _last_step(model: Any, path: str) -> Any:
    """The relation at the end of a path; None for the thing's own key."""
    relation = None
    for step in path.split("__") if path != "pk" else ():
        relation = model._meta.get_field(step)
        model = relation.related_model
    return relation


def _existing(cursor: Any) -> set[tuple[str, str]]:
    cursor.execute(
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname LIKE 'todo\\_request\\_%' AND NOT tgisinternal"
    )
    return set(cursor.fetchall())


def _table(kind: str) -> str:
    return str(apps.get_model(kind)._meta.db_table)


def _trigger(event: str) -> str:
    return f"todo_request_{event}"
