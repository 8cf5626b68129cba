from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0015_transitions_of_events"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="keptform", name="one_kept_text_a_form"),
        migrations.RenameModel(old_name="KeptForm", new_name="FormDraft"),
        migrations.RenameField(model_name="formdraft", old_name="acting", new_name="principal"),
        migrations.RenameField(model_name="formdraft", old_name="kept_at", new_name="saved_at"),
        migrations.AddConstraint(
            model_name="formdraft",
            constraint=models.UniqueConstraint(fields=("user", "principal", "address"), name="one_draft_per_form"),
        ),
    ]
