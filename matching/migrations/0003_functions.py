"""What the database holds and answers by itself: copies of matches, search documents, the ranking."""

from django.db import migrations

COPIES = """
CREATE FUNCTION cxc_match_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM profiles_profile WHERE id = NEW.visiting_profile_id
        AND organisation_id = NEW.visiting_organisation_id AND generation_id = NEW.generation_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a match carries its visiting profile''s organisation and generation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER match_copies BEFORE INSERT ON matching_match
    FOR EACH ROW EXECUTE FUNCTION cxc_match_copies();
CREATE TRIGGER match_fixed_columns BEFORE UPDATE ON matching_match
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of(
        'visiting_profile_id', 'host_profile_id', 'modality', 'visiting_organisation_id', 'generation_id');
"""
COPIES_BACK = """
DROP TRIGGER match_fixed_columns ON matching_match;
DROP TRIGGER match_copies ON matching_match;
DROP FUNCTION cxc_match_copies();
"""

# Each word is stemmed in all of them: nobody says in which language a profile is written, and many are in two.
LANGUAGES = (
    *("english", "german", "french", "italian", "spanish", "portuguese", "dutch", "romanian"),
    *("greek", "hungarian", "swedish", "danish", "finnish", "lithuanian"),
)

_STEMMED = " || ".join(f"to_tsvector('pg_catalog.{name}', folded)" for name in LANGUAGES)
_STEMS = " || ".join(f"plainto_tsquery('pg_catalog.{name}', folded)" for name in LANGUAGES)
_STOPS = " OR ".join(f"numnode(plainto_tsquery('pg_catalog.{name}', word)) = 0" for name in LANGUAGES)

FUNCTIONS = f"""
CREATE FUNCTION cxc_stems(folded text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', folded) || strip({_STEMMED})
$$;
COMMENT ON FUNCTION cxc_stems IS 'The words as they are with their places, for phrases, and their stems without.';

CREATE FUNCTION cxc_word(folded text, beginnings boolean) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_tsquery('pg_catalog.simple', folded || CASE WHEN beginnings AND length(folded) > 2 THEN ':*' ELSE '' END)
        || {_STEMS}
$$;
COMMENT ON FUNCTION cxc_word IS 'One word in any of its forms; with beginnings: also words that begin with it.';

CREATE FUNCTION cxc_is_filler(word text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT {_STOPS}
$$;
COMMENT ON FUNCTION cxc_is_filler IS 'Whether one of the languages leaves the word out (and, und, et).';
"""

# Words that say nothing, in the languages whose lists PostgreSQL brings; what is left is stemmed as English.
STOPS = (
    "english", "danish", "dutch", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese",
    "spanish", "swedish",
)  # fmt: skip
CHAIN = ", ".join([*(f"matching_stop_{language}" for language in STOPS), "unaccent", "english_stem"])

WORDS = (
    "\n".join(
        f"CREATE TEXT SEARCH DICTIONARY matching_stop_{language}"
        f" (TEMPLATE = pg_catalog.simple, STOPWORDS = {language}, ACCEPT = false);"
        for language in STOPS
    )
    + f"""
CREATE TEXT SEARCH CONFIGURATION matching_words (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION matching_words
    ADD MAPPING FOR asciiword, word, numword, hword_asciipart, hword_part, hword_numpart WITH {CHAIN};
INSERT INTO matching_vocabulary
    (is_current, fitted_at, profiles, rare_topics, rarest_topics, rare_words, rarest_words, text_scale)
    VALUES (true, '2000-01-01 00:00+00', 0, 0::bit(256), 0::bit(256), 0::bit(8192), 0::bit(8192), 1);
"""
)
WORDS_BACK = "DELETE FROM matching_vocabulary; DROP TEXT SEARCH CONFIGURATION matching_words;" + "".join(
    f"DROP TEXT SEARCH DICTIONARY matching_stop_{language};" for language in STOPS
)

# What a copy of the ranking's rows in a process has not seen: a function, so that its plans are made once a session.
CHANGES = """
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
        ARRAY (SELECT other_id FROM matching_hiddenprofile WHERE profile_id = mine),
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


class Migration(migrations.Migration):
    dependencies = [("core", "0001_functions"), ("matching", "0002_initial"), ("profiles", "0002_triggers")]

    operations = [
        # A match's copies equal its visiting profile's, and what it is between never changes.
        migrations.RunSQL(COPIES, COPIES_BACK),
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION cxc_is_filler, cxc_word, cxc_stems;"),
        # Search documents lie in their row, so that PostgreSQL reckons with their size and takes the index.
        migrations.RunSQL(
            "ALTER TABLE matching_searchdocument ALTER COLUMN document SET STORAGE MAIN",
            "ALTER TABLE matching_searchdocument ALTER COLUMN document SET STORAGE EXTENDED",
        ),
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.RunSQL(CHANGES, "DROP FUNCTION matching_changes; DROP VIEW matching_packed"),
    ]
