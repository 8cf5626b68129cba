"""Whether a country's bank accounts have an IBAN; Armenia's have none."""

from django.db import migrations, models


def armenia_has_none(apps, _editor):
    apps.get_model("profiles", "Country").objects.filter(code="AM").update(has_iban=False)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0007_preferences")]

    operations = [
        migrations.AddField(
            "country",
            "has_iban",
            models.BooleanField(
                default=True,
                verbose_name="bank accounts have an IBAN",
                help_text="Where they have none, account number, BIC and name of the bank are asked.",
            ),
        ),
        migrations.RunPython(armenia_has_none, migrations.RunPython.noop),
    ]
