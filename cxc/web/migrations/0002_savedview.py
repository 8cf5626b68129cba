import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("web", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acting_for", models.CharField(max_length=40, verbose_name="acting for")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="made at")),
                ("list_name", models.CharField(max_length=40, verbose_name="list")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", cxc.core.models.text.OneLineField(max_length=80, verbose_name="name")),
                (
                    "query",
                    models.TextField(
                        blank=True, help_text="The canonical address, without “?”.", verbose_name="filters"
                    ),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name__folded", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "acting_for", "list_name", "name"), name="one_view_per_name"
                    ),
                    models.UniqueConstraint(
                        fields=("person", "acting_for", "list_name", "position"), name="one_view_per_position"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("person", "acting_for", "list_name"),
                        name="one_default_view",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__range", (1, 20))), name="limited_number_of_views"
                    ),
                ],
            },
        ),
    ]
