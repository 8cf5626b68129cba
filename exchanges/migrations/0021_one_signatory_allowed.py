"""Why the Support Office allowed one person to sign for several bodies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0020_paid_is_the_sum")]

    operations = [
        migrations.AddField(
            "exchange",
            "one_signatory_reason",
            models.TextField("why one person may sign for several bodies", blank=True, default="", editable=False),
            preserve_default=False,
        ),
    ]
