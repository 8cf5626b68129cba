"""Says in whole sentences what the public map of hosts shows of an organisation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0013_last_interest")]

    operations = [
        migrations.AlterField(
            "organisation",
            "named_in_public",
            models.BooleanField(
                default=False,
                help_text=(
                    "While a host profile of yours is published, everybody then sees your name, kind, country, sectors,"
                    " topics and period there, and whether you host in person or online. If you do not agree, you are"
                    " counted without your name. You can change your mind at any time."
                ),
                verbose_name="name us on the public map of hosts",
            ),
        ),
    ]
