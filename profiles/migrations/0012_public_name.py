"""Whether an organisation's name may stand on the public map of hosts, who agreed to it and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0011_list_indexes")]

    operations = [
        migrations.AddField(
            "organisation",
            "named_in_public",
            models.BooleanField(
                default=False,
                help_text=(
                    "While a host profile of yours is published, everybody sees name, country, sectors and period there."
                    " Without it you are a number. You can take it back at any time."
                ),
                verbose_name="our name may stand on the public map of hosts",
            ),
        ),
        migrations.AddField(
            "organisation", "public_name_agreed_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "organisation",
            "public_name_agreed_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(named_in_public=True, public_name_agreed_at__isnull=False)
                | models.Q(
                    named_in_public=False, public_name_agreed_at__isnull=True, public_name_agreed_by__isnull=True
                ),
                name="public_name_is_agreed_to",
                violation_error_message="Agree to the public name on the page of the organisation, which keeps who agreed.",
            ),
        ),
    ]
