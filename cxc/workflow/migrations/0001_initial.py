import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.core.models.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StateEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("thing_id", models.BigIntegerField(verbose_name="id")),
                ("label", models.CharField(max_length=300, verbose_name="thing")),
                ("transition", models.CharField(max_length=60, verbose_name="transition")),
                ("from_state", models.CharField(blank=True, max_length=20, verbose_name="from")),
                ("to_state", models.CharField(max_length=20, verbose_name="to")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("holder", "Holder"),
                            ("partnership", "Partnership"),
                            ("vo", "Visiting organisation"),
                            ("ho", "Host organisation"),
                            ("vop", "Visitor's Partnership"),
                            ("hop", "Host's Partnership"),
                            ("lead", "Lead Partnership"),
                            ("so", "Support Office"),
                            ("observer", "Observer"),
                            ("asker", "Who asks"),
                            ("portal", "The portal"),
                        ],
                        max_length=20,
                        verbose_name="acting as",
                    ),
                ),
                ("principal_label", models.CharField(blank=True, max_length=300, verbose_name="acting for")),
                ("reason", cxc.core.models.text.FreeTextField(blank=True, max_length=5000, verbose_name="reason")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("happened_at", models.DateTimeField(verbose_name="happened at")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("is_recorded", models.BooleanField(default=False, verbose_name="recorded afterwards")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "by_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["kind", "thing_id", "id"], name="event_of_thing"),
                    models.Index(fields=["happened_at"], name="event_happened"),
                ],
            },
        ),
    ]
