import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cxc.clock
import cxc.core.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0005_indexes"),
        ("profiles", "0003_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for answers"),
                            ("agreed", "Agreed by all"),
                            ("carried_out", "Carried out"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("first_day", models.DateField(verbose_name="new first day")),
                ("last_day", models.DateField(verbose_name="new last day")),
                ("former_first_day", models.DateField(editable=False)),
                ("former_last_day", models.DateField(editable=False)),
                ("why", cxc.core.models.text.FreeTextField(max_length=5000, verbose_name="reason")),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="asked at")),
                (
                    "asked_side",
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
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "new_visit",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exchanges.visit",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="exchanges.visit"
                    ),
                ),
            ],
            options={
                "verbose_name": "move of a visit",
                "verbose_name_plural": "moves of visits",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="VisitMoveConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Not answered yet"), ("agreed", "Agreed"), ("refused", "Refused")],
                        default="asked",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=cxc.clock.now, editable=False, verbose_name="asked at")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="exchanges.visitmove"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent to a move",
                "verbose_name_plural": "consents to moves",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VisitMoveStay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("moved", "Moved"), ("cancelled", "Cancelled")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "reasons",
                    cxc.core.models.text.FreeTextField(
                        blank=True, editable=False, max_length=5000, verbose_name="why it could not come"
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="exchanges.exchange"
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to="exchanges.visitmove"
                    ),
                ),
            ],
            options={
                "verbose_name": "exchange of a move",
                "verbose_name_plural": "exchanges of a move",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="visitmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "agreed", "carried_out", "refused", "withdrawn", "expired"])
                ),
                name="visit_move_state_exists",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))), name="visit_move_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmove",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "agreed"))), fields=("visit",), name="one_open_move_a_visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmoveconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "agreed", "refused"])), name="move_consent_state_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmoveconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", True), ("partnership__isnull", False)),
                    models.Q(("organisation__isnull", False), ("partnership__isnull", True)),
                    _connector="OR",
                ),
                name="move_consent_of_one_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmoveconsent",
            constraint=models.UniqueConstraint(fields=("move", "partnership"), name="partnership_asked_once_in_a_move"),
        ),
        migrations.AddConstraint(
            model_name="visitmoveconsent",
            constraint=models.UniqueConstraint(
                fields=("move", "organisation"), name="organisation_asked_once_in_a_move"
            ),
        ),
        migrations.AddConstraint(
            model_name="visitmovestay",
            constraint=models.UniqueConstraint(fields=("move", "exchange"), name="exchange_once_in_a_move"),
        ),
        migrations.AddConstraint(
            model_name="visitmovestay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_day__isnull", True), ("last_day__isnull", True)),
                    ("last_day__gte", models.F("first_day")),
                    _connector="OR",
                ),
                name="own_days_of_a_move_in_order",
            ),
        ),
    ]
