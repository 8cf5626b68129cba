"""Constraints say in a sentence what they hold; codes of countries are capitals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_text_limits"),
    ]

    operations = [
        migrations.RunSQL("UPDATE core_holidaychange SET country_code = upper(country_code)", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="holidaychange",
            constraint=models.CheckConstraint(
                condition=models.Q(("country_code__regex", "^[A-Z]{2}$")),
                name="holiday_country_code_in_capitals",
                violation_error_message="A country's code is two capital letters.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="holidaychange",
            name="one_change_a_day",
            constraint=models.UniqueConstraint(
                fields=("country_code", "day"),
                name="one_change_a_day",
                violation_error_message="This day of this country is changed already: edit that change.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="schemesettings",
            name="one_row_of_settings",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)),
                name="one_row_of_settings",
                violation_error_message="There is one row of settings only: edit that one.",
            ),
        ),
    ]
