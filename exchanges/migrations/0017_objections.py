"""A signatory may object to an editorial version: it is voided, and the version before counts again."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0016_one_certificate_one_signer")]

    operations = [
        migrations.AddField(
            "documentversion", "voided_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddConstraint(
            "documentversion",
            models.CheckConstraint(
                condition=Q(is_editorial=True) | Q(voided_at__isnull=True), name="only_editorial_version_is_voided"
            ),
        ),
    ]
