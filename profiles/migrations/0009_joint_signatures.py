"""Organisations and Partnerships for which two signatories sign jointly."""

from django.db import migrations, models


def _signs_jointly() -> models.BooleanField:
    return models.BooleanField(default=False, verbose_name="two signatories sign jointly")


class Migration(migrations.Migration):
    dependencies = [("profiles", "0008_second_factor_resets")]

    operations = [
        migrations.AddField("organisation", "signs_jointly", _signs_jointly()),
        migrations.AddField("partnership", "signs_jointly", _signs_jointly()),
    ]
