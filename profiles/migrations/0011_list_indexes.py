from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_file_by_hash"),
        ("profiles", "0010_factor_reset_moments"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(fields=["touched_at", "id"], name="profile_in_order"),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(fields=["partnership", "touched_at", "id"], name="profile_latest_of_partner"),
        ),
    ]
