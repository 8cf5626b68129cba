"""The database's own guards: events are only added, and columns that are never edited stay."""

from django.db import migrations

EVENTS_ONLY_ADDED = """
CREATE FUNCTION cxc_refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only added, never changed or removed';
END $$;
CREATE TRIGGER events_only_added BEFORE UPDATE OR DELETE ON core_stateevent
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_any_change();
CREATE TRIGGER events_never_emptied BEFORE TRUNCATE ON core_stateevent
    FOR EACH STATEMENT EXECUTE FUNCTION cxc_refuse_any_change();
"""

NEVER_EDITED = """
CREATE FUNCTION cxc_refuse_edit_of() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    column_name text;
BEGIN
    FOREACH column_name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) -> column_name IS DISTINCT FROM to_jsonb(NEW) -> column_name THEN
            RAISE EXCEPTION '% of % is never edited', column_name, TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]

    operations = [
        migrations.RunSQL(
            EVENTS_ONLY_ADDED,
            "DROP TRIGGER events_only_added ON core_stateevent;"
            "DROP TRIGGER events_never_emptied ON core_stateevent;"
            "DROP FUNCTION cxc_refuse_any_change();",
        ),
        migrations.RunSQL(NEVER_EDITED, "DROP FUNCTION cxc_refuse_edit_of();"),
    ]
