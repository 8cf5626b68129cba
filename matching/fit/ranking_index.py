"""The rows that the ranking reads, kept equal to what they are made of: `rows.sql`, `words.sql`.

`matching.services.profile_indexes` calls `update` in the transaction of whatever changes a profile; nobody else writes
these rows. A profile that is published no more keeps its row, not listed, so that copies in other processes see it go.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from matching.fit.criteria import FACTORS
from matching.models.ranking import RankingRow, RankingWords
from matching.queries.used_up import used_up_profile
from profiles import languages
from profiles.models import Profile

BATCH_SIZE = 500
LOCK = 0x726F7773  # the class of the advisory locks, one an organisation, 0 for all
_HERE = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    """The text of one of the SQL files of this folder."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


@transaction.atomic
def update(profile_ids: Sequence[int], *, texts: bool = True) -> None:
    """Bring the rows of these profiles up to date. Without `texts` the words stay as they are.

    Whoever keeps rows of the same organisation at the same time waits, so that the later sees what the earlier did.
    """
    ids = sorted(set(profile_ids))
    if not ids:
        return
    _lock_organisations(ids)
    _upsert(RankingRow, "rows", _parameters(ids))
    if texts:
        _upsert(RankingWords, "words", {"ids": ids, "vocabulary": None})
    _unlist(ids)


def rebuild() -> int:
    """Write every row anew, some hundreds at a time; how many profiles are listed then."""
    listed = RankingRow.objects.filter(listed=True).values("pk")
    ids = list(Profile.objects.published().union(Profile.objects.filter(pk__in=listed)).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH_SIZE):
        update(ids[start : start + BATCH_SIZE])
    return RankingRow.objects.filter(listed=True).count()


def differing() -> set[int]:
    """Profiles whose rows don't say what they should; none unless something wrote them without the services."""
    found = _differing(RankingRow, "rows", _parameters(None), "WHERE listed")
    listed = "WHERE profile_id IN (SELECT profile_id FROM matching_rankingrow WHERE listed)"
    return found | _differing(RankingWords, "words", {"ids": None, "vocabulary": None}, listed)


def write_words(profile_ids: Sequence[int], vocabulary: int) -> None:
    """The words of these profiles in one vocabulary."""
    _upsert(RankingWords, "words", {"ids": list(profile_ids), "vocabulary": vocabulary})


def _lock_organisations(ids: Sequence[int]) -> None:
    """Many at once wait for everybody, and everybody for them: PostgreSQL has room for some thousand locks only."""
    with connection.cursor() as cursor:
        if len(ids) > BATCH_SIZE:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [LOCK])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [LOCK])
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, number) FROM (SELECT DISTINCT organisation_id::integer AS number"
            " FROM profiles_profile WHERE id = ANY (%s) ORDER BY 1) AS organisation",
            [LOCK, list(ids)],
        )


def _parameters(ids: Sequence[int] | None) -> dict[str, Any]:
    profiles = Profile.objects.published() if ids is None else Profile.objects.filter(pk__in=ids)
    bits = languages.bits()
    return {
        "ids": None if ids is None else list(ids),
        "used_up": list(profiles.filter(used_up_profile()).values_list("pk", flat=True)),
        "languages": list(bits),
        "language_bits": list(bits.values()),
        "factors": json.dumps(FACTORS),
    }


def _columns(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.name not in {"id", "changed"}]


def _upsert(model: Any, name: str, parameters: dict[str, Any]) -> None:
    columns = _columns(model)
    keys = ("profile_id",) if model is RankingRow else ("vocabulary_id", "profile_id")
    stamp = ", changed" if model is RankingRow else ""
    now = ", pg_current_xact_id()" if model is RankingRow else ""
    taken = ", ".join(f"{column} = excluded.{column}" for column in [*columns, *stamp.split()[1:]])
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({listed}{stamp})"
            f" SELECT {listed}{now} FROM ({statement(name)}) AS source ORDER BY profile_id"
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {taken}",
            parameters,
        )


def _unlist(ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matching_rankingrow AS r SET listed = false, changed = pg_current_xact_id()"
            " FROM profiles_profile AS p WHERE p.id = r.profile_id AND p.state <> 'published'"
            " AND r.listed AND r.profile_id = ANY (%s)",
            [list(ids)],
        )


def _differing(model: Any, name: str, parameters: dict[str, Any], actual: str) -> set[int]:
    columns = ", ".join(_columns(model))
    should = f"SELECT {columns} FROM ({statement(name)}) AS source"
    is_now = f"SELECT {columns} FROM {model._meta.db_table} {actual}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH should AS ({should}), found AS ({is_now})"
            " SELECT profile_id FROM (SELECT * FROM should EXCEPT SELECT * FROM found) AS lacking"
            " UNION SELECT profile_id FROM (SELECT * FROM found EXCEPT SELECT * FROM should) AS wrong",
            parameters,
        )
        return {row[0] for row in cursor.fetchall()}
