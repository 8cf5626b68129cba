"""Mails, events and form drafts belong to their rooms from here on; the tables are renamed there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0016_standard_words_form_drafts"),
        ("comms", "0001_initial"),
        ("web", "0001_initial"),
        ("workflow", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name) for name in ("Mail", "StateEvent", "FormDraft")]
        )
    ]
