"""Files whose rows are gone wait here until the store has deleted them."""

from typing import ClassVar

from django.db import migrations, models

import cxc.clock


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0007_interest_days")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FileToDelete",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("since", models.DateTimeField(default=cxc.clock.real_now)),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
