"""The database limits the clauses of the documents and the reason why one person may sign for several bodies."""

from django.db import migrations

import cxc.core.models.text
from cxc.core.models.text_migrations import with_checks


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0023_what_was_returned"),
    ]

    operations = [
        migrations.AlterField(
            model_name="documentclauses",
            name="text",
            field=cxc.core.models.text.FreeTextField(
                help_text="An empty line parts clauses. A line that begins with ## is a heading, **words** at the beginning of a clause are its title, {placeholders} are filled in from the exchange.",
                max_length=40000,
                verbose_name="text",
            ),
        ),
        migrations.AlterField(
            model_name="exchange",
            name="one_signatory_reason",
            field=cxc.core.models.text.FreeTextField(
                blank=True,
                editable=False,
                max_length=5000,
                verbose_name="why one person may sign for several bodies",
            ),
        ),
    ]
    operations = with_checks("exchanges", operations)
