"""The database's own guard: events are only added."""

from django.db import migrations

EVENTS_ONLY_ADDED = """
CREATE FUNCTION cxc_refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only added, never changed or removed';
END $$;
CREATE TRIGGER events_only_added BEFORE UPDATE OR DELETE ON workflow_stateevent
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_any_change();
CREATE TRIGGER events_never_emptied BEFORE TRUNCATE ON workflow_stateevent
    FOR EACH STATEMENT EXECUTE FUNCTION cxc_refuse_any_change();
"""
BACK = """
DROP TRIGGER events_only_added ON workflow_stateevent;
DROP TRIGGER events_never_emptied ON workflow_stateevent;
DROP FUNCTION cxc_refuse_any_change();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [migrations.RunSQL(EVENTS_ONLY_ADDED, BACK)]
