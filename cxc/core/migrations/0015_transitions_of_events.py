"""The events' column carries the field's word."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0014_invitations")]

    operations = [
        migrations.RenameField("stateevent", "move", "transition"),
        migrations.AlterField("stateevent", "transition", models.CharField(max_length=60, verbose_name="move")),
    ]
