import django.db.models.deletion
from django.db import migrations, models

import profiles.postal


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0008_accounts_of_countries"),
    ]

    operations = [
        migrations.RenameField(model_name="organisation", old_name="address", new_name="street"),
        migrations.AddField(
            model_name="organisation",
            name="postal_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="postal code"),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="street",
            field=models.CharField(blank=True, max_length=250, verbose_name="street and number"),
        ),
        migrations.AddField(
            model_name="participation",
            name="grant_agreement_number",
            field=models.CharField(
                blank=True,
                help_text="Of the Partnership's grant in this generation. Its contracts print it.",
                max_length=60,
                verbose_name="grant agreement number",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="registration_number",
            field=profiles.postal.RegistrationNumberField(
                blank=True, max_length=60, verbose_name="registration number"
            ),
        ),
        migrations.AlterField(
            model_name="partnership",
            name="address",
            field=models.CharField(
                blank=True,
                help_text="Public. Contracts print the coordinating organisation's.",
                max_length=250,
                verbose_name="contact address",
            ),
        ),
        migrations.CreateModel(
            name="CoordinatingOrganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_name", models.CharField(max_length=200, verbose_name="legal name")),
                (
                    "registration_number",
                    profiles.postal.RegistrationNumberField(
                        help_text="Write “none” if there is none.", max_length=60, verbose_name="registration number"
                    ),
                ),
                ("street", models.CharField(max_length=250, verbose_name="street and number")),
                ("postal_code", models.CharField(max_length=20, verbose_name="postal code")),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="profiles.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coordinating_organisation",
                        to="profiles.partnership",
                        verbose_name="Partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "coordinating organisation",
                "verbose_name_plural": "coordinating organisations",
                "ordering": ["partnership"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_name", ""), _negated=True),
                            models.Q(("registration_number", ""), _negated=True),
                            models.Q(("street", ""), _negated=True),
                            models.Q(("postal_code", ""), _negated=True),
                            models.Q(("city", ""), _negated=True),
                        ),
                        name="coordinating_organisation_complete",
                        violation_error_message="Fill in all fields: the contracts of the Partnership print them.",
                    )
                ],
            },
        ),
    ]
