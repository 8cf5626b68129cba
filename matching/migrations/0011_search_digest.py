"""Search documents lie in their row, so that PostgreSQL reckons with their size and takes the index; their digest."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """What is published already."""
    if apps.get_model("profiles", "Profile").objects.filter(state="published").exists():
        from matching.search.index import rebuild

        rebuild()


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_plans_of_visits")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE matching_searchdocument ALTER COLUMN document SET STORAGE MAIN",
            "ALTER TABLE matching_searchdocument ALTER COLUMN document SET STORAGE EXTENDED",
        ),
        migrations.AddField(
            model_name="searchdocument",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=32),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
