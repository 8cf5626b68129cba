from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CurrentCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.CharField(max_length=20)),
                ("generation_id", models.BigIntegerField()),
                ("modality", models.CharField(max_length=10)),
                ("partnership_id", models.BigIntegerField(null=True)),
                ("value", models.CharField(max_length=40)),
                ("number", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={
                "db_table": "reports_currentcount",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="CountedLive",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "thing", "thing_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("thing", models.CharField(max_length=10)),
                ("thing_id", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="StoredCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.CharField(max_length=20)),
                ("generation_id", models.BigIntegerField()),
                ("modality", models.CharField(max_length=10)),
                ("partnership_id", models.BigIntegerField(null=True)),
                ("value", models.CharField(max_length=40)),
                ("number", models.BigIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={
                "indexes": [models.Index(fields=["partnership_id", "figure"], name="stored_count_of")],
            },
        ),
    ]
