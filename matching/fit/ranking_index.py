"""The rows that the ranking reads, kept equal to what they are made of: `rows.sql`, and `text_rows` for the texts.

`matching.services.profile_indexes` calls `update` in the transaction of whatever changes a profile; nobody else writes
these rows. A profile that is published no more keeps its row, not listed, so that copies in other processes see it go.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from matching.fit import text_rows
from matching.fit.criteria import FACTORS
from matching.fit.statements import statement
from matching.fit.text_rows import BATCH_SIZE, VectorsByVocabulary
from matching.models.ranking import RankingRow
from matching.queries.used_up import used_up_profile
from profiles import languages
from profiles.models import Profile
from profiles.models.profile.querysets import days_until_dormant

LOCK = 0x726F7773  # the class of the advisory locks, one an organisation, 0 for all


@transaction.atomic
def update(profile_ids: Sequence[int], *, texts: bool = True, vocabularies: VectorsByVocabulary | None = None) -> None:
    """Bring the rows of these profiles up to date. Without `texts` those of the texts stay as they are.

    Whoever keeps rows of the same organisation at the same time waits, so that the later sees what the earlier did.
    """
    ids = sorted(set(profile_ids))
    if not ids:
        return
    lock_organisations(ids)
    _upsert(_parameters(ids))
    if texts:
        text_rows.write(ids, vocabularies)
    _unlist(ids)


def rebuild() -> int:
    """Write every row anew, some hundreds at a time; how many profiles are listed then.

    All names count as changed: after a restore the numbers of transactions are those of another server.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM matching_namechange; INSERT INTO matching_namechange SELECT pg_current_xact_id()")
    listed = RankingRow.objects.filter(listed=True).values("pk")
    ids = list(Profile.objects.published().union(Profile.objects.filter(pk__in=listed)).values_list("pk", flat=True))
    vocabularies = VectorsByVocabulary()
    for start in range(0, len(ids), BATCH_SIZE):
        update(ids[start : start + BATCH_SIZE], vocabularies=vocabularies)
    return RankingRow.objects.filter(listed=True).count()


def differing() -> set[int]:
    """Profiles whose rows don't say what they should; none unless something wrote them without the services."""
    return _differing(_parameters(None)) | text_rows.differing()


def update_dormant_days() -> None:
    """After the days to answer have changed: rows that say another day than they should are written anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.profile_id FROM matching_rankingrow AS r"
            " JOIN profiles_lastinterest AS interest ON interest.profile_id = r.profile_id"
            " WHERE r.listed AND r.dormant_from <> (interest.shown_at AT TIME ZONE 'UTC')::date + %s::integer",
            [days_until_dormant()],
        )
        ids = [profile_id for (profile_id,) in cursor.fetchall()]
    update(ids, texts=False)


def lock_organisations(ids: Sequence[int]) -> None:
    """Lock the organisations of these profiles in one order, until the transaction ends.

    Whoever writes rows of several organisations one after the other calls it before the first.
    Many at once wait for everybody, and everybody for them: PostgreSQL has room for some thousand locks only.
    """
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
        "dormant_after": days_until_dormant(),
    }


def _columns() -> str:
    return ", ".join(str(field.column) for field in RankingRow._meta.concrete_fields if field.name != "changed")


def _upsert(parameters: dict[str, Any]) -> None:
    columns = _columns()
    taken = ", ".join(f"{column} = excluded.{column}" for column in [*columns.split(", "), "changed"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO matching_rankingrow ({columns}, changed)"
            f" SELECT {columns}, pg_current_xact_id() FROM ({statement('rows')}) AS source ORDER BY profile_id"
            f" ON CONFLICT (profile_id) DO UPDATE SET {taken}",
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


def _differing(parameters: dict[str, Any]) -> set[int]:
    columns = _columns()
    should = f"SELECT {columns} FROM ({statement('rows')}) AS source"
    is_now = f"SELECT {columns} FROM matching_rankingrow WHERE listed"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH should AS ({should}), found AS ({is_now})"
            " SELECT profile_id FROM (SELECT * FROM should EXCEPT SELECT * FROM found) AS lacking"
            " UNION SELECT profile_id FROM (SELECT * FROM found EXCEPT SELECT * FROM should) AS wrong",
            parameters,
        )
        return {row[0] for row in cursor.fetchall()}
