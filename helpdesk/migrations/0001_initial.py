from django.db import migrations, models

import cxc.clock
import cxc.core.email_addresses
import cxc.core.models.text
import helpdesk.models.requests


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HelpMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "author_role",
                    models.CharField(
                        choices=[("asker", "Who asks"), ("desk", "Who answers")],
                        max_length=10,
                        verbose_name="role of the author",
                    ),
                ),
                ("written_for", models.CharField(blank=True, max_length=300, verbose_name="written for")),
                ("text", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "channel",
                    models.CharField(
                        choices=[("portal", "in the portal"), ("mail", "by mail")],
                        default="portal",
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("message_id", models.CharField(blank=True, editable=False, max_length=250, null=True, unique=True)),
                ("written_at", models.DateTimeField(default=cxc.clock.now, verbose_name="written at")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="HelpRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", cxc.core.models.text.OneLineField(max_length=150, verbose_name="subject")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Address not confirmed"),
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="unconfirmed",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("acting_for", models.CharField(blank=True, max_length=300, verbose_name="acting for")),
                ("visitor_name", cxc.core.models.text.OneLineField(blank=True, max_length=120, verbose_name="name")),
                (
                    "visitor_email",
                    cxc.core.email_addresses.AddressField(blank=True, max_length=254, verbose_name="e-mail"),
                ),
                (
                    "secret",
                    models.CharField(
                        default=helpdesk.models.requests._secret, editable=False, max_length=64, unique=True
                    ),
                ),
                (
                    "with_support_office",
                    models.BooleanField(default=False, verbose_name="passed on to the Support Office"),
                ),
                ("about_kind", models.CharField(blank=True, max_length=60, verbose_name="about: kind")),
                ("about_id", models.BigIntegerField(blank=True, null=True, verbose_name="about: id")),
                ("about_label", models.CharField(blank=True, max_length=300, verbose_name="about")),
                ("from_path", models.CharField(blank=True, max_length=500, verbose_name="asked on the page")),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, verbose_name="asked at")),
                (
                    "waiting_since",
                    models.DateTimeField(default=cxc.clock.now, verbose_name="waits for an answer since"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read by who asked at")),
                ("texts_removed_at", models.DateTimeField(blank=True, null=True, verbose_name="texts removed at")),
            ],
            options={
                "verbose_name": "help request",
                "verbose_name_plural": "help requests",
                "ordering": ["-id"],
            },
        ),
    ]
