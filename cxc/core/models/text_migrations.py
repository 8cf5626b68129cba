"""For migrations that make columns free text: clean what stands in them, and have the database hold the rule.

Django adds the check of a field's `db_check` where it makes a column, not where it alters one.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from cxc.core.models.text import FreeTextField, OneLineField, WebAddressField
from cxc.core.sanitise import NOT_IN_ONE_LINE

FAMILY = (OneLineField, FreeTextField, WebAddressField)


def with_checks(label: str, operations: Sequence[Operation]) -> list[Operation]:
    """The operations with the cleaning of one-line columns before them, and every text's check after them.

    A text that is too long stops the migration with PostgreSQL's own error, which names the table: nothing is cut.
    """
    altered = [
        (each.model_name, each.name, each.field)
        for each in operations
        if isinstance(each, migrations.AlterField) and isinstance(each.field, FAMILY)
    ]

    def clean(apps: Any, schema_editor: Any) -> None:
        for model_name, name, field in altered:
            if not isinstance(field, FreeTextField):
                _clean(schema_editor, *_column(apps.get_model(label, model_name), name))
        # What the updates left to the commit is checked now: a table with such checks open can't be altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", None)

    def check(apps: Any, schema_editor: Any) -> None:
        for model_name, name, _field in altered:
            _check(schema_editor, apps.get_model(label, model_name), name)

    return [
        migrations.RunPython(clean, migrations.RunPython.noop),
        *operations,
        migrations.RunPython(check, migrations.RunPython.noop),
    ]


def _column(model: type[models.Model], name: str) -> tuple[str, str]:
    return model._meta.db_table, str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def _clean(schema_editor: Any, table: str, column: str) -> None:
    table, column = schema_editor.quote_name(table), schema_editor.quote_name(column)
    schema_editor.execute(
        f"UPDATE {table} SET {column} = btrim(regexp_replace({column}, '{NOT_IN_ONE_LINE}+', ' ', 'g')) "
        f"WHERE {column} ~ '{NOT_IN_ONE_LINE}'",
        None,
    )


def _check(schema_editor: Any, model: type[models.Model], name: str) -> None:
    table, column = _column(model, name)
    rule = model._meta.get_field(name).db_check(schema_editor.connection)  # type: ignore[union-attr]
    constraint = schema_editor.quote_name(schema_editor._create_index_name(table, [column], suffix="_text"))
    table = schema_editor.quote_name(table)
    schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}", None)
    schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({rule})", None)
