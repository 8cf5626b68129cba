"""Items name what their thing belongs to; those that are stored are derived anew by the job of the requests."""

from django.db import migrations, models

# Until they are derived anew each stands for its own thing.
FILL = """
UPDATE todo_todoitem SET owner_kind = kind, owner_id = thing_id;
INSERT INTO todo_reconcilerequest (kind, thing_id, transaction_id, names_subject)
    SELECT DISTINCT kind, NULL::bigint, 0, false FROM todo_todoitem;
"""


class Migration(migrations.Migration):
    dependencies = [("todo", "0001_initial")]

    operations = [
        migrations.AddField(
            "todoitem",
            "owner_kind",
            models.CharField(default="", max_length=60, verbose_name="kind of what the thing belongs to"),
            preserve_default=False,
        ),
        migrations.AddField(
            "todoitem",
            "owner_id",
            models.BigIntegerField(default=0, verbose_name="id of what the thing belongs to"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex("todoitem", models.Index(fields=["owner_kind", "owner_id"], name="todo_of_owner")),
    ]
