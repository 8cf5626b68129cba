"""An index of the visits that are open, in the order of their list: among a million others they are few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0020_feedback_note"),
        ("profiles", "0014_public_name_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["first_day", "id"], name="open_visit_in_order"
            ),
        ),
    ]
