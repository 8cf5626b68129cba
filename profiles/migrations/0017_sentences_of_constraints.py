"""Constraints say in a sentence what they hold; codes and the last virtual day are held too."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.text
from django.db import migrations, models

import profiles.models.reference_data


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("profiles", "0016_cluster_requests"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="country",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z]{2}$")),
                name="country_code_in_capitals",
                violation_error_message="A country's code is two capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="generation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_virtual_day", None),
                    models.Q(
                        ("last_virtual_day__gte", models.F("first_day")),
                        ("last_virtual_day__lte", models.F("last_day")),
                    ),
                    _connector="OR",
                ),
                name="last_virtual_day_in_the_generation",
                violation_error_message="The last day for virtual exchanges lies in the generation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sector",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{2}$"), ("section__regex", "^[A-U]$")),
                name="sector_as_nace_has_them",
                violation_error_message="A division of NACE is two figures, as 13, and its section a capital letter from A to U.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="generation",
            name="generation_dates_in_order",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="generation_dates_in_order",
                violation_error_message="The last day of a generation is not before its first.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="generation",
            name="one_physical_exchange_a_visitor",
            constraint=models.CheckConstraint(
                condition=models.Q(("physical_per_visitor", 1)),
                name="one_physical_exchange_a_visitor",
                violation_error_message="A visitor has one physical exchange in a generation.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="lumpsumceiling",
            name="ceiling_above_zero",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="ceiling_above_zero",
                violation_error_message="A ceiling is an amount above 0.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="lumpsumceiling",
            name="ceiling_dates_in_order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="ceiling_dates_in_order",
                violation_error_message="The last day of a ceiling is not before its first.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="lumpsumceiling",
            name="one_ceiling_at_a_time",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("country", "="),
                    (
                        profiles.models.reference_data._DateRange(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="one_ceiling_at_a_time",
                violation_error_message="This country has another ceiling on some of these days: end that one before this begins.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="membership",
            name="one_membership",
            constraint=models.UniqueConstraint(
                fields=("organisation", "user"),
                name="one_membership",
                violation_error_message="This person is a member already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="organisation",
            name="organisation_kind_exists",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "cluster",
                            "business_network",
                            "support",
                            "sme",
                            "large_company",
                            "training_provider",
                            "public_authority",
                        ],
                    )
                ),
                name="organisation_kind_exists",
                violation_error_message="Choose one of the kinds of organisation.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="participation",
            name="one_participation_a_generation",
            constraint=models.UniqueConstraint(
                fields=("partnership", "generation"),
                name="one_participation_a_generation",
                violation_error_message="This Partnership takes part in this generation already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="partnershipmembership",
            name="one_partnership_membership",
            constraint=models.UniqueConstraint(
                fields=("partnership", "user"),
                name="one_partnership_membership",
                violation_error_message="This person is a member already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="payoutstep",
            name="one_step_a_number_of_days",
            constraint=models.UniqueConstraint(
                fields=("partnership", "from_days"),
                name="one_step_a_number_of_days",
                violation_error_message="The rule has a step from this number of working days already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="payoutstep",
            name="percent_to_a_hundred",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                name="percent_to_a_hundred",
                violation_error_message="A share lies between 0 and 100 percent.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="user",
            name="one_person_an_address",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="one_person_an_address",
                violation_error_message="Somebody has this e-mail address already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="user",
            name="observer_is_not_support_office",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_observer", True), ("is_support_office", True), _negated=True),
                name="observer_is_not_support_office",
                violation_error_message="An observer only reads: choose Support Office or observer, not both.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="user",
            name="address_of_a_person_is_clean",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="address_of_a_person_is_clean",
                violation_error_message="Write the e-mail address in small letters.",
            ),
        ),
    ]
