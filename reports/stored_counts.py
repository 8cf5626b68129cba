"""Brings stored counts up to date, and checks them against counting. docs/statistics.md.

A thing that changes is taken out of the stored counts by the database, in the same transaction, and counted live; here
it is stored again. Counts are sums of signed parts, so what is added here and what changes meanwhile can't harm each
other.
"""

from django.db import connection, transaction

from reports.enums import CountedThing
from reports.models import CountedLive

BATCH = 2000  # things, in a transaction of their own: whoever changes one of these waits so long
CHECK_LOCK = 7_310_114  # of two checks at once the second begins after the first

_COLUMNS = "figure, generation_id, modality, partnership_id, value"
_STORE = f"""
INSERT INTO reports_storedcount ({_COLUMNS}, number, amount)
SELECT {_COLUMNS}, number, amount FROM reports_counts_of(%s, %s)
"""
# Counts of several parts become one part again, or none where they come to nothing.
_MERGE = f"""
WITH parts AS (
    DELETE FROM reports_storedcount WHERE (figure, generation_id, modality, COALESCE(partnership_id, 0), value) IN (
        SELECT figure, generation_id, modality, COALESCE(partnership_id, 0), value
        FROM reports_storedcount GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1
    ) RETURNING *
)
INSERT INTO reports_storedcount ({_COLUMNS}, number, amount)
SELECT {_COLUMNS}, sum(number), sum(amount) FROM parts
GROUP BY {_COLUMNS} HAVING sum(number) <> 0 OR sum(amount) <> 0
"""
_DIFFERENCES = f"""
SELECT {_COLUMNS}, sum(number) AS number, sum(amount) AS amount FROM (
    SELECT {_COLUMNS}, number, amount FROM reports_counts_of('visit', ARRAY (SELECT id FROM exchanges_visit))
    UNION ALL
    SELECT {_COLUMNS}, number, amount FROM reports_counts_of('match', ARRAY (SELECT id FROM matching_match))
    UNION ALL
    SELECT {_COLUMNS}, number, amount FROM reports_counts_of('profile', ARRAY (SELECT id FROM profiles_profile))
    UNION ALL
    SELECT {_COLUMNS}, -number, -amount FROM reports_currentcount
) counts GROUP BY {_COLUMNS} HAVING sum(number) <> 0 OR sum(amount) <> 0
"""


def store_counts() -> int:
    """Store what has been counted live, and merge the parts of each count; how many things were stored."""
    stored = sum(_store_all(thing) for thing in CountedThing)
    with connection.cursor() as cursor:
        cursor.execute(_MERGE)
    return stored


def differing_counts() -> int:
    """How many counts are not what counting everything anew comes to: 0, unless something is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_DIFFERENCES}) differing")
        return int(cursor.fetchone()[0])


@transaction.atomic
def correct_counts() -> int:
    """Count everything anew and put right what differs; how many counts did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHECK_LOCK])
        cursor.execute(f"INSERT INTO reports_storedcount ({_COLUMNS}, number, amount) {_DIFFERENCES}")
        return cursor.rowcount


def _store_all(thing: str) -> int:
    stored = 0
    while number := _store_batch(thing):
        stored += number
    return stored


@transaction.atomic
def _store_batch(thing: str) -> int:
    """Store so many things; those that are changing just now are left for later.

    The rows are locked before anything is counted: what was changed by then is committed, and counted.
    """
    waiting = CountedLive.objects.filter(thing=thing).order_by("thing_id").select_for_update(skip_locked=True)
    found = list(waiting.values_list("thing_id", flat=True)[:BATCH])
    if not found:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [thing, found])
    CountedLive.objects.filter(thing=thing, thing_id__in=found).delete()
    return len(found)
