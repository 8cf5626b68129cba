"""Copies rows together with what belongs to them, in SQL: one INSERT … SELECT a table, whatever the number of copies.

Nothing is switched off: every trigger, foreign key, unique index and check of the database judges each copied row.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from benchmarks.speed.bulk_insert import copy, one, run, settle_sequences
from cxc.workflow import kind_of
from cxc.workflow.models import StateEvent
from exchanges.models import DocumentVersion, Exchange, RecordedSubmission, VisitPlan, VisitProposal, WaitingListEntry
from profiles.models import EligibilityException, Organisation

Model = type[models.Model]

AT_A_TIME = 10_000  # exchanges copied in one transaction
# What is open or entered by a person is not copied with an exchange that is over.
NOT_COPIED: tuple[Model, ...] = (VisitPlan, RecordedSubmission, VisitProposal, WaitingListEntry)
# Two organisations may not have the same name, town and number, nor two versions of documents the same code. `k` is
# the number of the copy.
CHANGED: dict[tuple[Model, str], str] = {
    (Organisation, "legal_name"): "left(s.legal_name, 190) || ' ' || {copy}",
    (Organisation, "registration_number"): "left(s.registration_number, 40) || '-' || {copy}",
    (DocumentVersion, "code"): (
        "regexp_replace(left(translate(upper(md5(s.code || {copy})), '01', 'XY'), 16),"
        " '(....)(....)(....)(....)', '\\1-\\2-\\3-\\4')"
    ),
}
REFERENCE = re.compile(r"CXC-(\d+)")


@dataclass
class CopiedTable:
    """The rows of one model that are copied: `numbers` is a table of their ids (`old`), numbered from 1 (`number`)."""

    model: Model
    numbers: str
    count: int
    last: int = 0  # the highest id before the first copy

    def id_of_copy(self, number: str) -> str:
        return f"{self.last} + (k - 1) * {self.count} + {number}"

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)


class RowCopies:
    """Makes copies of these rows, of what belongs to them and of their events.

    A foreign key to a copied row leads to the copy of the same number; any other stays as it is.
    """

    def __init__(self, name: str, rows: Mapping[Model, "models.QuerySet[Any]"]) -> None:
        self.name = name
        self.tables: dict[Model, CopiedTable] = {}
        for model, queryset in rows.items():
            self._number(model, "id = ANY (%s)", list(queryset.order_by().values_list("pk", flat=True)))
        for model, columns in _belonging(tuple(rows)):
            self._number(
                model,
                " OR ".join(
                    f"{column} IN (SELECT old FROM {self.tables[parent].numbers})" for column, parent in columns
                ),
            )
        self._number_events()

    @property
    def exchanges(self) -> int:
        """How many exchanges one copy of everything has."""
        return self.tables[Exchange].count

    def make(self, copies: int, *, numbered_from: int) -> None:
        """So many copies of everything; their numbers stand in the names of copied organisations."""
        for table in self.tables.values():
            table.last = one(f'SELECT coalesce(max(id), 0) FROM "{table.name}"')
        at_once = max(1, AT_A_TIME // max(1, self.exchanges))
        for first in range(1, copies + 1, at_once):
            with transaction.atomic():
                self._insert(first, min(first + at_once - 1, copies), numbered_from)
        settle_sequences(*(table.name for table in self.tables.values()))

    def _insert(self, first: int, last: int, numbered_from: int) -> None:
        copy_number = f"({numbered_from} + k)::text"
        for table in self.tables.values():
            if table.count:
                run(self._statement(table, copy_number), first, last)
        run(self._statement_of_events(copy_number), first, last)

    def _number(self, model: Model, condition: str, *values: Any) -> None:
        numbers = f"scale_{self.name}_{model._meta.db_table}"
        run(f"DROP TABLE IF EXISTS {numbers}")
        run(
            f"CREATE TEMPORARY TABLE {numbers} AS SELECT id AS old, row_number() OVER (ORDER BY id) AS number"
            f' FROM "{model._meta.db_table}" WHERE {condition}',
            *values,
        )
        self.tables[model] = CopiedTable(model, numbers, one(f"SELECT count(*) FROM {numbers}"))

    def _statement(self, table: CopiedTable, copy_number: str) -> str:
        columns, values, joins = [], [], []
        for field in table.model._meta.concrete_fields:
            column = f's."{field.column}"'
            columns.append(f'"{field.column}"')
            parent = self.tables.get(_model_of(field)) if field.is_relation else None
            if field.primary_key:
                values.append(table.id_of_copy("n.number"))
            elif parent is not None:
                alias = f"n_{field.column}"
                joins.append(f"LEFT JOIN {parent.numbers} {alias} ON {alias}.old = {column}")
                values.append(f"coalesce({parent.id_of_copy(f'{alias}.number')}, {column})")
            else:
                values.append(CHANGED.get((table.model, field.name), column).format(copy=copy_number))
        return (
            f'INSERT INTO "{table.name}" ({", ".join(columns)}) SELECT {", ".join(values)}'
            f" FROM generate_series(%s::bigint, %s) k CROSS JOIN {table.numbers} n"
            f' JOIN "{table.name}" s ON s.id = n.old {" ".join(joins)}'
        )

    # --- events, which name their thing by value -------------------------------------------

    @property
    def _events(self) -> str:
        return f"scale_{self.name}_events"

    def _number_events(self) -> None:
        """The events of all copied things with a label to fill in: the number of the copy, the exchange's reference."""
        run(f"DROP TABLE IF EXISTS {self._events}")
        run(f"CREATE TEMPORARY TABLE {self._events} (old bigint, number bigint, label text, exchange bigint)")
        columns = ("old", "number", "label", "exchange")
        for table in self.tables.values():
            copy(self._events, columns, self._labelled(table))

    def _labelled(self, table: CopiedTable) -> Iterator[tuple[Any, ...]]:
        names = _any_of(Organisation, self.tables)
        exchanges = _numbers(self.tables[Exchange])
        things = _numbers(table)
        events = StateEvent.objects.filter(kind=kind_of(table.model), thing_id__in=things).order_by("pk")
        for pk, thing, label in events.values_list("pk", "thing_id", "label"):
            found = REFERENCE.search(label)
            exchange = exchanges.get(int(found[1])) if found else None
            text = REFERENCE.sub("CXC-{reference}", label, count=1) if exchange else label
            yield pk, things[thing], names.sub(lambda name: f"{name[0]} {{copy}}", text), exchange

    def _statement_of_events(self, copy_number: str) -> str:
        fields = [field for field in StateEvent._meta.concrete_fields if not field.primary_key]
        reference = f"to_char({self.tables[Exchange].id_of_copy('e.exchange')}, 'FM9999999900000')"
        changed = {
            "thing_id": "t.last + (k - 1) * t.count + e.number",
            "label": f"left(replace(replace(e.label, '{{copy}}', {copy_number}),"
            f" '{{reference}}', coalesce({reference}, '')), 300)",
        }
        things = ", ".join(f"('{kind_of(one.model)}', {one.last}, {one.count})" for one in self.tables.values())
        return (
            f'INSERT INTO "{StateEvent._meta.db_table}" ({", ".join(_quoted(field) for field in fields)})'
            f" SELECT {', '.join(changed.get(field.name, f's.{_quoted(field)}') for field in fields)}"
            f" FROM generate_series(%s::bigint, %s) k CROSS JOIN {self._events} e"
            f' JOIN "{StateEvent._meta.db_table}" s ON s.id = e.old'
            f" JOIN (VALUES {things}) t (kind, last, count) ON t.kind = s.kind ORDER BY k, s.id"
        )


def _belonging(owners: tuple[Model, ...]) -> Iterator[tuple[Model, list[tuple[str, Model]]]]:
    """Each model whose rows belong to copied ones, after those it refers to: with its columns that say to which."""
    found: dict[Model, list[tuple[str, Model]]] = {}
    waiting = list(owners)
    while waiting:
        owner = waiting.pop(0)
        for field in _keys_to(owner):
            child = field.model
            if child in owners or child == owner or not _is_copied(child):
                continue
            if child not in found:
                waiting.append(child)
            found.setdefault(child, []).append((_quoted(field), owner))
    done = set(owners)
    while found:
        ready = next(child for child, columns in found.items() if {parent for _, parent in columns} <= done)
        yield ready, found.pop(ready)
        done.add(ready)


def _keys_to(model: Model) -> list[Any]:
    """The foreign keys that lead to it, those of links between many and many too."""
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    return [one.field for one in relations if one.auto_created and not one.concrete and not one.many_to_many]


def _model_of(key: Any) -> Model:
    """The model that a foreign key leads to."""
    found: Model = key.related_model
    return found


def _is_copied(model: Model) -> bool:
    """What an exchange and its visit consist of, and the choices that a profile or an organisation comes with."""
    if model in NOT_COPIED:
        return False
    chosen = bool(model._meta.auto_created) and model._meta.app_label == "profiles"
    return chosen or model is EligibilityException or model._meta.app_label == Exchange._meta.app_label


def _numbers(table: CopiedTable) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT old, number FROM {table.numbers}")
        return dict(cursor.fetchall())


def _any_of(model: Model, tables: Mapping[Model, CopiedTable]) -> re.Pattern[str]:
    """Finds the name of any copied organisation, of two that begin alike the longer."""
    ids = _numbers(tables[model])
    names = Organisation.objects.filter(pk__in=ids).values_list("legal_name", flat=True)
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _quoted(field: Any) -> str:
    return f'"{field.column}"'
