"""When the preparation began is told by its event."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0007_entries_of_the_past")]

    operations = [migrations.RemoveField("exchange", "prepared_at")]
