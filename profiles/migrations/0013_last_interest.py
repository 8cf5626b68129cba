"""Since when nobody has done anything with a published profile: for those that are there, from a day of the last 30."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from cxc import clock

# Over so many days those are spread that are there, so that they are not all asked, and dormant, on one day.
SPREAD = 30


def count_from_lately(apps: Any, _schema_editor: Any) -> None:
    """Nobody is asked at once about what was published long ago."""
    now = clock.now()
    published = apps.get_model("profiles", "Profile").objects.filter(state="published").values_list("pk", flat=True)
    rows = apps.get_model("profiles", "LastInterest")
    rows.objects.bulk_create(rows(profile_id=pk, shown_at=now - timedelta(days=pk % SPREAD)) for pk in published)


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
        migrations.RunPython(count_from_lately, migrations.RunPython.noop),
    ]
