"""Drafts of forms name the principal by the same key as all personal rows."""

from django.db import migrations

KEYS = {"support office-": "so", "observer-": "observer", "none-": ""}


def rename(apps, schema_editor):
    drafts = apps.get_model("web", "FormDraft").objects
    for old, new in KEYS.items():
        drafts.filter(principal=old).update(principal=new)


class Migration(migrations.Migration):
    dependencies = [
        ("web", "0002_savedview"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
