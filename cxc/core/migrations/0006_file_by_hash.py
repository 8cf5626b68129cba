"""Files are found by their hash, which the proof page asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_messages"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["sha256"], name="file_by_hash"),
        ),
    ]
