"""Columns by the field's standard word."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0025_standard_words")]

    operations = [
        migrations.RenameField(model, "body_label", "principal_label") for model in ("signature", "sharedpartcomment")
    ]
