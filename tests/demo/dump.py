"""The whole world as plain values, to compare two loads of it."""

import re
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers import serialize
from django.db import connection

# Random by design (salts, unguessable paths and links), bytes that depend on whether PDFs are on,
# numbers of transactions.
_RANDOM = {"password", "secret", "stop_key", "unsubscribe_key", "file", "sha256", "size", "changed"}
_APPS = ("core", "workflow", "comms", "web", "profiles", "helpdesk", "matching", "exchanges", "account")
# The secret page of a visitor's question stands in the mails about it.
_SECRET_PAGE = re.compile(r"/help/mine/[^/]+/")


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every model: `{"exchanges.exchange": [{…}, …]}`, by primary key."""
    return {model._meta.label_lower: _rows(model) for model in _models()}


def _rows(model: Any) -> list[dict[str, Any]]:
    rows = serialize("python", model._base_manager.order_by("pk"))
    kept = [{name: _known(value) for name, value in row["fields"].items() if name not in _RANDOM} for row in rows]
    if model._meta.auto_created:
        # Django writes links in the order of a set, which is another one in each process: they bear no number here.
        return sorted(kept, key=lambda row: [str(value) for value in row.values()])
    return [{"pk": row["pk"]} | fields for row, fields in zip(rows, kept, strict=True)]


def _known(value: Any) -> Any:
    return _SECRET_PAGE.sub("/help/mine/…/", value) if isinstance(value, str) else value


def reset_sequences() -> None:
    """Number new rows from one again, as in a new database."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in _APPS]
