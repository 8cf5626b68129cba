"""What a copy of the ranking's rows in a process has not seen: a function, so that its plans are made once a session."""

from django.db import migrations

MAKE = """
CREATE VIEW matching_packed AS
SELECT
    row.changed, text.vocabulary_id, row.profile_id, row.generation_id, row.visiting, row.time_zone,
    int4send(row.profile_id::integer) || int4send(row.organisation_id) || int2send(row.country)
    || boolsend(row.listed AND row.takes_part AND row.eligible) || boolsend(row.used_up)
    || boolsend(row.physical) || boolsend(row.virtual) || boolsend(row.cross_sector)
    || int4send(row.open_until - date '2000-01-03')
    || int4send(CASE
        WHEN row.full_until IS NULL THEN -2147483648
        WHEN row.full_until = 'infinity' THEN 2147483647
        ELSE row.full_until - date '2000-01-03'
    END)
    || int4send(row.first - date '2000-01-03') || int4send(row.last - date '2000-01-03')
    || int2send(row.working_days)
    || int2send(row.topics_factor) || int2send(row.sectors_factor) || int2send(row.types_factor)
    || int2send(row.languages_factor) || int2send(row.countries_factor) || int2send(row.period_factor)
    || int2send(row.text_factor) || int2send(row.musts)
    || int4send(text.weight) || int4send(text.seeks_weight)
    || substring(bit_send(row.types) FROM 5) || substring(bit_send(row.languages) FROM 5)
    || substring(bit_send(row.countries) FROM 5) || substring(bit_send(row.own_sectors) FROM 5)
    || substring(bit_send(row.near_sectors) FROM 5)
    || substring(bit_send(CASE
        WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors
    END) FROM 5)
    || substring(bit_send(row.offers) FROM 5) || substring(bit_send(row.seeks) FROM 5)
    || substring(bit_send(text.words) FROM 5) AS packed
FROM matching_rankingrow row
JOIN matching_rankingwords text ON text.profile_id = row.profile_id;
COMMENT ON VIEW matching_packed IS 'The rows of the ranking as a copy in a process takes them.';

CREATE FUNCTION matching_changes(seen pg_snapshot, mine bigint) RETURNS TABLE (
    snapshot text, has_written boolean, vocabulary_id bigint,
    open_physical bigint[], open_virtual bigint[], hidden bigint[], named numeric,
    profile_id bigint, generation_id integer, visiting boolean, time_zone varchar, packed bytea
) LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
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
        ARRAY (SELECT other_id FROM matching_hidden WHERE profile_id = mine),
        -- Another number after any change of a name.
        (SELECT sum(xmin::text::bigint) FROM profiles_topic) + (SELECT sum(xmin::text::bigint) FROM profiles_sector)
            + (SELECT sum(xmin::text::bigint) FROM profiles_exchangetype)
            + (SELECT sum(xmin::text::bigint) FROM profiles_country),
        NULL::bigint, NULL::integer, NULL::boolean, NULL::varchar, NULL::bytea;
    IF seen IS NULL THEN
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::numeric,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed
        FROM matching_packed p WHERE p.vocabulary_id = present;
    ELSE
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::numeric,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed
        FROM matching_packed p
        WHERE p.vocabulary_id = present
            AND p.changed >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(p.changed, seen);
    END IF;
END $$;
COMMENT ON FUNCTION matching_changes IS
    'How things are, and rows that the snapshot `seen` (NULL: none) does not show; `mine`: the profile that looks.';
"""


def fill(apps, _editor):
    """The rows of profiles published before there were any."""
    if apps.get_model("profiles", "Profile").objects.filter(state="published").exists():
        from matching.fit import ranking_index

        ranking_index.rebuild()


class Migration(migrations.Migration):
    dependencies = [("matching", "0011_search_digest")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION matching_changes; DROP VIEW matching_packed"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
