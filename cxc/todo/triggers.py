"""Database triggers that ask for the to-do to be derived anew, whoever writes a row and however.

Each table of a kind that a `TodoSubject` names, itself or in `inputs`, has them. They are made after each migration
from these declarations. A statement that changes more than MOST_NAMED_ROWS rows asks for the whole kind.
"""

from typing import Any

from django.apps import apps
from django.db import connection, models

from cxc.todo.subjects import subjects

MOST_NAMED_ROWS = 1000
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

FUNCTION = f"""
CREATE OR REPLACE FUNCTION todo_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    transaction_id bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF (SELECT count(*) FROM (SELECT 1 FROM changed LIMIT {MOST_NAMED_ROWS + 1}) AS counted) > {MOST_NAMED_ROWS} THEN
        INSERT INTO todo_reconcilerequest (kind, thing_id, transaction_id, names_subject)
        VALUES (TG_ARGV[0], NULL, transaction_id, false);
    ELSE
        EXECUTE format(
            'INSERT INTO todo_reconcilerequest (kind, thing_id, transaction_id, names_subject)
             SELECT DISTINCT %L, %s, %s, false FROM changed',
            TG_ARGV[0], TG_ARGV[1], transaction_id);
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
    key: Any = apps.get_model(kind)._meta.pk
    # A kind whose key is no number is reference data: everything that reads it is derived anew.
    number = f'"{key.column}"' if isinstance(key, models.IntegerField | models.OneToOneField) else "NULL::bigint"
    return (
        f'CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON "{table}"'
        f" REFERENCING {EVENTS[event]} TABLE AS changed FOR EACH STATEMENT"
        f" EXECUTE FUNCTION todo_request('{kind}', '{number}')"
    )


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
