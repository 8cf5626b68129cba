-- What a copy in a process has not seen, and what holds for the profile that looks; one row at least.
-- %(seen)s: the snapshot up to which the copy has seen all, NULL when nothing.  %(mine)s: the profile that looks.
SELECT
    pg_current_snapshot()::text AS snapshot,
    pg_current_xact_id_if_assigned() IS NOT NULL AS has_written,
    vocabulary.id AS vocabulary_id,
    ARRAY (
        SELECT host_profile_id FROM matching_match
        WHERE visiting_profile_id = %(mine)s AND modality = 'physical' AND state IN ('proposed', 'confirmed')
        UNION ALL
        SELECT visiting_profile_id FROM matching_match
        WHERE host_profile_id = %(mine)s AND modality = 'physical' AND state IN ('proposed', 'confirmed')
    ) AS open_physical,
    ARRAY (
        SELECT host_profile_id FROM matching_match
        WHERE visiting_profile_id = %(mine)s AND modality = 'virtual' AND state IN ('proposed', 'confirmed')
        UNION ALL
        SELECT visiting_profile_id FROM matching_match
        WHERE host_profile_id = %(mine)s AND modality = 'virtual' AND state IN ('proposed', 'confirmed')
    ) AS open_virtual,
    ARRAY (SELECT other_id FROM matching_hidden WHERE profile_id = %(mine)s) AS hidden,
    -- Another number after any change of a name.
    (SELECT sum(xmin::text::bigint) FROM profiles_topic) + (SELECT sum(xmin::text::bigint) FROM profiles_sector)
        + (SELECT sum(xmin::text::bigint) FROM profiles_exchangetype)
        + (SELECT sum(xmin::text::bigint) FROM profiles_country) AS named,
    changed.profile_id, changed.generation_id, changed.visiting, changed.time_zone, changed.packed
FROM matching_vocabulary vocabulary
LEFT JOIN (
    SELECT
        row.profile_id, row.generation_id, row.visiting, row.time_zone, text.vocabulary_id,
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
    JOIN matching_rankingwords text ON text.profile_id = row.profile_id
    WHERE
        %(seen)s::pg_snapshot IS NULL
        OR (row.changed >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
            AND NOT pg_visible_in_snapshot(row.changed, %(seen)s::pg_snapshot))
) changed ON changed.vocabulary_id = vocabulary.id
WHERE vocabulary.is_current
