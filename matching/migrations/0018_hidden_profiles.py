"""The model says what it holds; the function that reads its table follows."""

from django.db import migrations

RENAME = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('matching_changes'::regproc), '{0}', '{1}');
END $$
"""
TABLES = ("FROM matching_hidden ", "FROM matching_hiddenprofile ")


class Migration(migrations.Migration):
    dependencies = [("matching", "0017_standard_words")]

    operations = [
        migrations.RenameModel("Hidden", "HiddenProfile"),
        migrations.RunSQL(RENAME.format(*TABLES), RENAME.format(*reversed(TABLES))),
    ]
