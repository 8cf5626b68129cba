"""Why the Support Office allowed one person to sign for several bodies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0017_text_limits")]

    operations = [
        migrations.AddField(
            "exchange",
            "one_signatory_reason",
            models.TextField("why one person may sign for several bodies", blank=True, default="", editable=False),
            preserve_default=False,
        ),
    ]
