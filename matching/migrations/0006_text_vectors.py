"""The texts of profiles are compared by vectors, no longer by the bits of their words.

No text has anything to say until `matching.tasks.refit_vocabulary` runs next: this makes it due.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import matching.models.ranking

before = import_module("matching.migrations.0003_functions")

DROP_CHANGES = "DROP FUNCTION matching_changes; DROP VIEW matching_packed"
SEARCH_CONFIGURATION = before.WORDS.partition("INSERT INTO")[0]
SEARCH_CONFIGURATION_BACK = before.WORDS_BACK.partition(";")[2]
BLANK = "repeat('0', 256)::bit(256)"
ROWS = f"""
INSERT INTO matching_rankingtext
    (profile_id, vocabulary_id, words, ones, twos, fours, eights, square, seeks_weight)
    SELECT profile_id, vocabulary_id, '', {BLANK}, {BLANK}, {BLANK}, {BLANK}, 0, seeks_weight
    FROM matching_rankingwords;
SET CONSTRAINTS ALL IMMEDIATE;
"""
ROWS_BACK = """
INSERT INTO matching_rankingwords (profile_id, vocabulary_id, words, weight, seeks_weight)
    SELECT profile_id, vocabulary_id, 0::bit(8192), 0, seeks_weight FROM matching_rankingtext;
SET CONSTRAINTS ALL IMMEDIATE;
"""
DROP_BITS = "ALTER TABLE matching_vocabulary DROP COLUMN rare_words, DROP COLUMN rarest_words"
BITS_BACK = """
ALTER TABLE matching_vocabulary
    ADD COLUMN rare_words bit(8192) NOT NULL DEFAULT 0::bit(8192),
    ADD COLUMN rarest_words bit(8192) NOT NULL DEFAULT 0::bit(8192);
ALTER TABLE matching_vocabulary ALTER COLUMN rare_words DROP DEFAULT, ALTER COLUMN rarest_words DROP DEFAULT;
"""
DUE = "DELETE FROM matching_vocabularyword; UPDATE matching_vocabulary SET fitted_at = '2000-01-01 00:00+00'"

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
    || int4send(text.square) || int4send(text.seeks_weight)
    || substring(bit_send(row.types) FROM 5) || substring(bit_send(row.languages) FROM 5)
    || substring(bit_send(row.countries) FROM 5) || substring(bit_send(row.own_sectors) FROM 5)
    || substring(bit_send(row.near_sectors) FROM 5)
    || substring(bit_send(CASE
        WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors
    END) FROM 5)
    || substring(bit_send(row.offers) FROM 5) || substring(bit_send(row.seeks) FROM 5)
    || substring(bit_send(text.ones) FROM 5) || substring(bit_send(text.twos) FROM 5)
    || substring(bit_send(text.fours) FROM 5) || substring(bit_send(text.eights) FROM 5) AS packed,
    text.words
FROM matching_rankingrow row
JOIN matching_rankingtext text ON text.profile_id = row.profile_id;
COMMENT ON VIEW matching_packed IS 'The rows of the ranking as a copy in a process takes them.';

CREATE FUNCTION matching_changes(seen pg_snapshot, mine bigint) RETURNS TABLE (
    snapshot text, has_written boolean, vocabulary_id bigint,
    open_physical bigint[], open_virtual bigint[], hidden bigint[], named numeric,
    profile_id bigint, generation_id integer, visiting boolean, time_zone varchar, packed bytea, words bytea
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
        NULL::bigint, NULL::integer, NULL::boolean, NULL::varchar, NULL::bytea, NULL::bytea;
    IF seen IS NULL THEN
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::numeric,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed, p.words
        FROM matching_packed p WHERE p.vocabulary_id = present;
    ELSE
        RETURN QUERY SELECT
            NULL::text, NULL::boolean, NULL::bigint, NULL::bigint[], NULL::bigint[], NULL::bigint[], NULL::numeric,
            p.profile_id, p.generation_id, p.visiting, p.time_zone, p.packed, p.words
        FROM matching_packed p
        WHERE p.vocabulary_id = present
            AND p.changed >= pg_snapshot_xmin(seen) AND NOT pg_visible_in_snapshot(p.changed, seen);
    END IF;
END $$;
COMMENT ON FUNCTION matching_changes IS
    'How things are, and rows that the snapshot `seen` (NULL: none) does not show; `mine`: the profile that looks.';
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_list_keys")]

    operations = [
        migrations.RunSQL(DROP_CHANGES, before.CHANGES),
        migrations.RunSQL(DUE, DUE),
        migrations.CreateModel(
            name="RankingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.BinaryField()),
                ("ones", matching.models.ranking.BitsField(256)),
                ("twos", matching.models.ranking.BitsField(256)),
                ("fours", matching.models.ranking.BitsField(256)),
                ("eights", matching.models.ranking.BitsField(256)),
                ("square", models.IntegerField()),
                ("seeks_weight", models.IntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="profiles.profile"
                    ),
                ),
                (
                    "vocabulary",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="matching.vocabulary",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="rankingtext",
            constraint=models.UniqueConstraint(fields=("vocabulary", "profile"), name="one_text_a_vocabulary"),
        ),
        migrations.RunSQL(ROWS, ROWS_BACK),
        migrations.DeleteModel(name="RankingWords"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP_BITS, BITS_BACK)],
            state_operations=[
                migrations.RemoveField(model_name="vocabulary", name="rare_words"),
                migrations.RemoveField(model_name="vocabulary", name="rarest_words"),
            ],
        ),
        migrations.RemoveConstraint(model_name="vocabularyword", name="one_bit_a_word"),
        migrations.RemoveConstraint(model_name="vocabularyword", name="one_word_a_bit"),
        migrations.RenameField(model_name="vocabularyword", old_name="bit", new_name="number"),
        migrations.AddField(
            model_name="vocabularyword",
            name="vector",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="vocabularyword",
            constraint=models.UniqueConstraint(fields=("vocabulary", "word"), name="one_number_a_word"),
        ),
        migrations.AddConstraint(
            model_name="vocabularyword",
            constraint=models.UniqueConstraint(fields=("vocabulary", "number"), name="one_word_a_number"),
        ),
        migrations.RunSQL(SEARCH_CONFIGURATION_BACK, SEARCH_CONFIGURATION),
        migrations.RunSQL(CHANGES, DROP_CHANGES),
    ]
