"""Requests to derive the to-do anew know since when they wait: `/metrics` tells the age of the oldest."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("todo", "0002_owner")]

    operations = [
        migrations.AddField("reconcilerequest", "asked_at", models.DateTimeField(db_default=Now())),  # clock: real time
    ]
