"""What undo and reopen go back to, and where the days of a proposal count from."""

import django.core.serializers.json
from django.db import migrations, models

import cxc.clock


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0003_copies_held_equal"),
    ]

    operations = [
        migrations.AddField(
            model_name="match",
            name="answers_before_end",
            field=models.JSONField(
                blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="counted_from",
            field=models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="its days count from"),
        ),
    ]
