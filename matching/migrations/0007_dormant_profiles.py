"""Dormant profiles are left out of the ranking; nobody is asked about a profile that has a confirmed match, whose
visitor has had its physical exchange, or that was recorded afterwards.

The days counted from begin with the migration of `profiles`, so nobody is dormant yet.
"""

from importlib import import_module

from django.db import migrations, models

before = import_module("matching.migrations.0006_text_vectors")

MATCHED = """
DELETE FROM profiles_lastinterest interest USING profiles_profile profile
WHERE profile.id = interest.profile_id AND (
    EXISTS (
        SELECT FROM matching_match match
        WHERE match.state = 'confirmed' AND profile.id IN (match.visiting_profile_id, match.host_profile_id)
            OR match.state = 'completed' AND match.modality = 'physical' AND profile.kind = 'visiting'
                AND (match.visiting_organisation_id, match.generation_id)
                    = (profile.organisation_id, profile.generation_id)
    )
    OR EXISTS (
        SELECT FROM workflow_stateevent event
        WHERE event.kind = 'profiles.profile' AND event.thing_id = profile.id AND event.is_recorded
    )
);
"""
ROWS = """
ALTER TABLE matching_rankingrow ADD COLUMN dormant_from date NOT NULL DEFAULT 'infinity';
ALTER TABLE matching_rankingrow ALTER COLUMN dormant_from DROP DEFAULT;
UPDATE matching_rankingrow SET dormant_from = (interest.shown_at AT TIME ZONE 'UTC')::date + 92
    FROM profiles_lastinterest interest WHERE interest.profile_id = matching_rankingrow.profile_id;
"""
ROWS_BACK = "ALTER TABLE matching_rankingrow DROP COLUMN dormant_from"
OPEN_UNTIL = "|| int4send(row.open_until - date '2000-01-03')"
CHANGES = before.CHANGES.replace(
    OPEN_UNTIL,
    OPEN_UNTIL
    + """
    || int4send(CASE
        WHEN row.dormant_from = 'infinity' THEN 2147483647
        ELSE row.dormant_from - date '2000-01-03'
    END)""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0006_text_vectors"),
        ("profiles", "0013_last_interest"),
        ("workflow", "0002_triggers"),
    ]

    operations = [
        migrations.RunSQL(MATCHED, migrations.RunSQL.noop),
        migrations.RunSQL(before.DROP_CHANGES, before.CHANGES),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ROWS, ROWS_BACK)],
            state_operations=[migrations.AddField("rankingrow", "dormant_from", models.DateField())],
        ),
        migrations.RunSQL(CHANGES, before.DROP_CHANGES),
    ]
