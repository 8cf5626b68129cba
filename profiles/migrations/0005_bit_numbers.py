"""What profiles name many of owns a bit for ever: partners are ranked by bit strings."""

from django.db import migrations, models

NUMBERED = ("Country", "Sector", "ExchangeType", "Topic")


def number(apps, _editor):
    for name in NUMBERED:
        model = apps.get_model("profiles", name)
        for bit, row in enumerate(model.objects.order_by("pk")):
            model.objects.filter(pk=row.pk).update(bit=bit)


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_similar_names")]

    operations = [
        *(
            migrations.AddField(name.lower(), "bit", models.PositiveSmallIntegerField(null=True, editable=False))
            for name in NUMBERED
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                name.lower(),
                "bit",
                models.PositiveSmallIntegerField("bit number", unique=True, editable=False),
            )
            for name in NUMBERED
        ),
    ]
