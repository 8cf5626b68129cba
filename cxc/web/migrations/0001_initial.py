import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.clock


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=400)),
                ("base", models.CharField(blank=True, max_length=2000)),
                ("fields", models.JSONField(default=list)),
                ("saved_at", models.DateTimeField(db_index=True, default=cxc.clock.now, verbose_name="saved at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "form draft",
                "verbose_name_plural": "form drafts",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "principal", "address"), name="one_draft_per_form")
                ],
            },
        ),
    ]
