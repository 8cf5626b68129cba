import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

import cxc.clock
import cxc.core.models.files
import cxc.core.models.scheme
import cxc.core.models.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_functions")]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=cxc.core.models.files._somewhere, verbose_name="file")),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_at", models.DateTimeField(default=cxc.clock.now, verbose_name="uploaded at")),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="HolidayChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country_code", models.CharField(max_length=2, verbose_name="country")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "is_holiday",
                    models.BooleanField(
                        default=True,
                        help_text="Off: the calendar has it as a holiday, but people work.",
                        verbose_name="is a holiday",
                    ),
                ),
                ("note", cxc.core.models.text.OneLineField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "holiday change",
                "verbose_name_plural": "holiday changes",
                "ordering": ["country_code", "day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country_code", "day"),
                        name="one_change_a_day",
                        violation_error_message="This day of this country is changed already: edit that change.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country_code__regex", "^[A-Z]{2}$")),
                        name="holiday_country_code_in_capitals",
                        violation_error_message="A country's code is two capital letters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draft_warn_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=cxc.core.models.scheme._warn_days,
                        size=None,
                        verbose_name="warn of a stale draft after days",
                    ),
                ),
                (
                    "draft_archive_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="archive a stale draft after days",
                    ),
                ),
                (
                    "archived_purge_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="delete a never submitted profile after days archived",
                    ),
                ),
                (
                    "profile_answer_working_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a submitted profile is answered within working days",
                    ),
                ),
                (
                    "proposal_nudge_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=cxc.core.models.scheme._nudge_days,
                        size=None,
                        verbose_name="nudge an open proposal after days",
                    ),
                ),
                (
                    "proposal_expiry_days",
                    models.PositiveSmallIntegerField(
                        default=21,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a proposal expires after days",
                    ),
                ),
                (
                    "open_proposals_limit",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="open proposals made by one visiting organisation",
                    ),
                ),
                (
                    "undo_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days to undo, or to take back a yes given outside",
                    ),
                ),
                (
                    "reopen_cancelled_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days in which a Partnership reopens a cancelled exchange",
                    ),
                ),
                (
                    "host_places",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="places of a host profile, unless it says otherwise",
                    ),
                ),
                (
                    "ctq_days_before_start",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a CTQ is due at the Support Office, days before the start",
                    ),
                ),
                (
                    "ctq_answer_working_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="the Support Office answers a CTQ within working days",
                    ),
                ),
                (
                    "far_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a Final Activity Report is due, days after the end",
                    ),
                ),
                (
                    "far_answer_working_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a Final Activity Report is answered within working days",
                    ),
                ),
                (
                    "payment_working_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a payment is due after working days",
                    ),
                ),
                (
                    "follow_up_months",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=cxc.core.models.scheme._follow_up_months,
                        size=None,
                        verbose_name="follow-up after months",
                    ),
                ),
                (
                    "feedback_blind_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="feedback is shown to the other side after days, at the latest",
                    ),
                ),
                (
                    "reminder_max_age_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="no reminder for what was due more than this many days ago",
                    ),
                ),
                (
                    "help_answer_working_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a question is answered within working days",
                    ),
                ),
                (
                    "help_close_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="an answered question closes after days",
                    ),
                ),
                (
                    "help_confirm_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a visitor's question whose address is not confirmed is dropped after days",
                    ),
                ),
                (
                    "help_forget_days",
                    models.PositiveSmallIntegerField(
                        default=365,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="texts and address of a visitor's closed question are removed after days",
                    ),
                ),
                (
                    "invitation_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="an invitation is open for days",
                    ),
                ),
                (
                    "invitations_a_day",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="invitations that one person may send in a day",
                    ),
                ),
                (
                    "invitations_an_address",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="invitations that one address gets in a week, whoever sends them",
                    ),
                ),
                (
                    "iban_erase_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="erase the IBAN of a cancelled, unpaid exchange after days",
                    ),
                ),
            ],
            options={
                "verbose_name": "scheme settings",
                "verbose_name_plural": "scheme settings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="one_row_of_settings",
                        violation_error_message="There is one row of settings only: edit that one.",
                    )
                ],
            },
        ),
    ]
