"""A note beside the feedback, for its own Partnership and the Support Office."""

from django.db import migrations

import cxc.core.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0019_list_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="private_note",
            field=cxc.core.models.text.FreeTextField(
                blank=True, default="", max_length=2000, verbose_name="note to its own Partnership"
            ),
        ),
    ]
