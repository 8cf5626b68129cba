import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="schemesettings",
            name="move_answer_days",
            field=models.PositiveSmallIntegerField(
                default=7,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="a move of a visit is answered within days",
            ),
        ),
        migrations.AddField(
            model_name="schemesettings",
            name="move_days_before_start",
            field=models.PositiveSmallIntegerField(
                default=3,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="a visit is moved, days before its new first day, at the latest",
            ),
        ),
    ]
