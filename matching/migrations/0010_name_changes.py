"""Whether names have changed is told by a log of such transactions, no longer by looking at every name.

Each question of the snapshot asked for the numbers of the transactions that wrote 400 names, a third of its time. The
log is read as the rows of the ranking are: what `seen` does not show as done is new. Whoever changes a name writes a row
of its own, so nobody waits for anybody.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

text_vectors = import_module("matching.migrations.0006_text_vectors")
quick_changes = import_module("matching.migrations.0008_quick_changes")

NAMED_TABLES = ("profiles_topic", "profiles_sector", "profiles_exchangetype", "profiles_country")

LOG = """
CREATE TABLE matching_namechange (changed xid8 NOT NULL);
CREATE INDEX name_change_changed ON matching_namechange (changed);
COMMENT ON TABLE matching_namechange IS
    'Transactions that changed names of topics, sectors, types of exchange or countries: for copies in processes.';

CREATE FUNCTION matching_log_name_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO matching_namechange SELECT pg_current_xact_id()
        WHERE NOT EXISTS (SELECT FROM matching_namechange WHERE changed = pg_current_xact_id());
    RETURN NULL;
END $$;
""" + "\n".join(
    f"CREATE TRIGGER log_name_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION matching_log_name_change();"
    for table in NAMED_TABLES
)
LOG_BACK = (
    "\n".join(f"DROP TRIGGER log_name_change ON {table};" for table in NAMED_TABLES)
    + "DROP FUNCTION matching_log_name_change; DROP TABLE matching_namechange;"
)

DROP_FUNCTION = "DROP FUNCTION matching_changes"
FUNCTION = """
CREATE FUNCTION matching_changes(seen pg_snapshot, mine bigint) RETURNS TABLE (
    snapshot text, has_written boolean, vocabulary_id bigint,
    open_physical bigint[], open_virtual bigint[], hidden bigint[], has_new_names boolean,
    profile_id bigint, generation_id integer, visiting boolean, time_zone varchar, packed bytea, words bytea
) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET max_parallel_workers_per_gather = 0 SET enable_hashjoin = 0 SET enable_mergejoin = 0
AS $$
#variable_conflict use_column
DECLARE
    present bigint := (SELECT id FROM matching_vocabulary WHERE is_current);
BEGIN
    RETURN QUERY SELECT
        pg_current_snapshot()::text,
        pg_current_xact_id_if_assigned() IS NOT NULL,
        present,
        ARRAY (
            SELECT host_profile_id FROM matching_match
            WHERE visiting_profile_id = mine AND modality = 'physical' AND state IN ('proposed', 'confirmed')
            UNION ALL
            SELECT visiting_profile_id FROM matching_match
            WHERE host_profile_id = mine AND modality = 'physical' AND state IN ('proposed', 'confirmed')
        ),
        ARRAY (
            SELECT host_profile_id FROM matching_match
            WHERE visiting_profile_id = mine AND modality = 'virtual' AND state IN ('proposed', 'confirmed')
            UNION ALL
            SELECT visiting_profile_id FROM matching_match
            WHERE host_profile_id = mine AND modality = 'virtual' AND state IN ('proposed', 'confirmed')
        ),
        ARRAY (SELECT other_id FROM matching_hiddenprofile WHERE profile_id = mine),
        seen IS NULL OR EXISTS (
            SELECT FROM matching_namechange name
            WHERE name.changed >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(name.changed, seen)
        ),
        NULL::bigint, NULL::integer, NULL::boolean, NULL::varchar, NULL::bytea, NULL::bytea;
    IF seen IS NULL THEN
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::boolean,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed, p.words
        FROM matching_packed p WHERE p.vocabulary_id = present;
    ELSE
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::boolean,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed, p.words
        FROM matching_packed p
        WHERE p.vocabulary_id = present
            AND p.changed >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(p.changed, seen);
    END IF;
END $$;
COMMENT ON FUNCTION matching_changes IS
    'How things are, and rows that the snapshot `seen` (NULL: none) does not show; `mine`: the profile that looks.';
"""
FORMER_FUNCTION = text_vectors.CHANGES[text_vectors.CHANGES.index("CREATE FUNCTION") :] + "".join(
    f"{quick_changes.FUNCTION} SET {name} = 0;" for name in quick_changes.SETTINGS
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("matching", "0009_vocabulary_due")]

    operations: ClassVar = [
        migrations.RunSQL(LOG, LOG_BACK),
        migrations.RunSQL(DROP_FUNCTION, FORMER_FUNCTION),
        migrations.RunSQL(FUNCTION, DROP_FUNCTION),
    ]
