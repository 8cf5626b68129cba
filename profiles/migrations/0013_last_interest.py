"""Since when nobody has done anything with a published profile: counted from now on for those that are there."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from cxc import clock


def count_from_now(apps: Any, _schema_editor: Any) -> None:
    """Nobody is asked at once about what was published long ago."""
    published = apps.get_model("profiles", "Profile").objects.filter(state="published").values_list("pk", flat=True)
    rows = apps.get_model("profiles", "LastInterest")
    rows.objects.bulk_create(rows(profile_id=pk, shown_at=clock.now()) for pk in published)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0012_public_name")]

    operations = [
        migrations.CreateModel(
            name="LastInterest",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="last_interest",
                        serialize=False,
                        to="profiles.profile",
                        verbose_name="profile",
                    ),
                ),
                ("shown_at", models.DateTimeField(db_index=True, verbose_name="interest shown at")),
            ],
            options={"verbose_name": "last interest", "verbose_name_plural": "last interests"},
        ),
        migrations.RunPython(count_from_now, migrations.RunPython.noop),
    ]
