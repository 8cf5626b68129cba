"""The preferences name the unsubscribe key and the week of the last mail by standard words."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0020_requests_to_join")]

    operations = [
        migrations.RenameField("preferences", "stop_key", "unsubscribe_key"),
        migrations.RenameField("preferences", "week_seen", "last_week_handled"),
    ]
