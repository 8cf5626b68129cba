"""Requests to remove second factors count in real time, like the factors themselves."""

from django.db import migrations, models

import cxc.clock


class Migration(migrations.Migration):
    dependencies = [("profiles", "0009_joint_signatures")]

    operations = [
        migrations.AlterField(
            "secondfactorreset",
            "asked_at",
            models.DateTimeField(default=cxc.clock.real_now, verbose_name="asked at"),
        ),
    ]
