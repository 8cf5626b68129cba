import django.core.serializers.json
import django.core.validators
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("acting_for", models.CharField(max_length=40, verbose_name="acting for")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="made at")),
            ],
            options={
                "verbose_name": "bookmark",
                "verbose_name_plural": "bookmarks",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="HiddenProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="made at")),
            ],
            options={
                "verbose_name": "hidden profile",
                "verbose_name_plural": "hidden profiles",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "expiry_counted_from",
                    models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="its days count from"),
                ),
                (
                    "visitor_answer",
                    models.CharField(
                        choices=[("none", "No answer yet"), ("yes", "Yes"), ("no", "No")],
                        default="none",
                        max_length=5,
                        verbose_name="visitor's answer",
                    ),
                ),
                ("visitor_answered_on", models.DateField(blank=True, null=True, verbose_name="visitor answered on")),
                (
                    "visitor_answered_outside",
                    cxc.core.models.text.OneLineField(
                        blank=True, max_length=200, verbose_name="visitor's yes given outside"
                    ),
                ),
                ("visitor_notified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "host_answer",
                    models.CharField(
                        choices=[("none", "No answer yet"), ("yes", "Yes"), ("no", "No")],
                        default="none",
                        max_length=5,
                        verbose_name="host's answer",
                    ),
                ),
                ("host_answered_on", models.DateField(blank=True, null=True, verbose_name="host answered on")),
                (
                    "host_answered_outside",
                    cxc.core.models.text.OneLineField(
                        blank=True, max_length=200, verbose_name="host's yes given outside"
                    ),
                ),
                ("host_notified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at")),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
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
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "state_before_end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("completed", "Completed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                            ("cancelled", "Cancelled"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "answers_before_end",
                    models.JSONField(
                        blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[("physical", "Physical"), ("virtual", "Virtual")],
                        max_length=10,
                        verbose_name="modality",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("completed", "Completed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "initiated_by",
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
                        verbose_name="initiated by",
                    ),
                ),
                ("message", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="message")),
                ("proposed_at", models.DateTimeField(default=cxc.clock.now, verbose_name="proposed at")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                (
                    "place_until",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="Last day of its exchange.",
                        null=True,
                        verbose_name="holds its place until",
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "modality",
                    models.CharField(
                        choices=[("physical", "Physical"), ("virtual", "Virtual")],
                        max_length=10,
                        verbose_name="modality",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("visitors", "Our visitors, with every host"),
                            ("hosts", "Our hosts, with every visitor"),
                            ("everybody", "Everybody"),
                            ("one_host", "One host, with every visitor"),
                        ],
                        max_length=10,
                        verbose_name="who is matched",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("greatest", "Greatest total fit"), ("stable", "No pair would rather swap")],
                        default="greatest",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                (
                    "min_fit",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Of 100.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="least fit of a pair",
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="places to fill")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("working_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days")),
                (
                    "requested_at",
                    models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="asked for at"),
                ),
                ("progress_done", models.PositiveIntegerField(default=0, editable=False)),
                ("progress_total", models.PositiveIntegerField(default=0, editable=False)),
                ("error", models.TextField(blank=True, editable=False, verbose_name="what went wrong")),
                ("generated_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made at")),
                ("visitors", models.PositiveIntegerField(default=0, editable=False, verbose_name="visitors looked at")),
                ("hosts", models.PositiveIntegerField(default=0, editable=False, verbose_name="hosts looked at")),
                ("greatest_total", models.FloatField(default=0, editable=False)),
                ("greatest_pairs", models.PositiveIntegerField(default=0, editable=False)),
                ("blocking_pairs", models.PositiveIntegerField(default=0, editable=False)),
                ("stable_total", models.FloatField(default=0, editable=False)),
                ("stable_pairs", models.PositiveIntegerField(default=0, editable=False)),
                ("message", cxc.core.models.text.FreeTextField(blank=True, max_length=2000, verbose_name="message")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent off at"),
                ),
                (
                    "submitted_as",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="The key of the principal acted for.",
                        max_length=40,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PlannedPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField(verbose_name="fit")),
                ("own", models.FloatField(verbose_name="fit for the visitor")),
                ("theirs", models.FloatField(verbose_name="fit for the host")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("is_included", models.BooleanField(default=True, verbose_name="kept")),
                ("by_hand", models.BooleanField(default=False, verbose_name="added by hand")),
                ("refused", models.TextField(blank=True, verbose_name="why it was refused")),
            ],
            options={
                "verbose_name": "planned pair",
                "verbose_name_plural": "planned pairs",
                "ordering": ["plan", "id"],
            },
        ),
    ]
