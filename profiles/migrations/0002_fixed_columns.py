"""A profile keeps its organisation, kind and generation for life."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0001_initial"), ("core", "0003_events_only_added")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TRIGGER profile_fixed_columns BEFORE UPDATE ON profiles_profile
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('organisation_id', 'kind', 'generation_id');
            """,
            "DROP TRIGGER profile_fixed_columns ON profiles_profile;",
        )
    ]
