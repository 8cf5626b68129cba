"""When a holder is asked whether it is still interested, reminded, and by when it answers."""

import django.core.validators
from django.db import migrations, models

_AT_LEAST_ONE = [django.core.validators.MinValueValidator(1)]


class Migration(migrations.Migration):
    dependencies = [("core", "0006_file_by_hash")]

    operations = [
        migrations.AddField(
            "schemesettings",
            "interest_ask_days",
            models.PositiveSmallIntegerField(
                default=60,
                help_text=(
                    "Counts at once: with fewer days a profile may be left out of best matches before its holder was"
                    " asked."
                ),
                validators=_AT_LEAST_ONE,
                verbose_name="ask whether a holder is still interested, days after it last showed interest",
            ),
        ),
        migrations.AddField(
            "schemesettings",
            "interest_answer_days",
            models.PositiveSmallIntegerField(
                default=30,
                validators=_AT_LEAST_ONE,
                verbose_name="an answer to whether a holder is still interested is due within days",
            ),
        ),
        migrations.AddField(
            "schemesettings",
            "interest_reminder_days",
            models.PositiveSmallIntegerField(
                default=14, validators=_AT_LEAST_ONE, verbose_name="remind of that answer, days before it is due"
            ),
        ),
        migrations.AddConstraint(
            "schemesettings",
            models.CheckConstraint(
                condition=models.Q(interest_reminder_days__lt=models.F("interest_answer_days")),
                name="interest_reminder_after_question",
                violation_error_message=(
                    "The reminder must come before the answer is due: enter fewer days for the reminder than for the"
                    " answer."
                ),
            ),
        ),
    ]
