"""A party signs a version once. Scans resent before are kept, marked as repeats."""

from django.db import migrations, models
from django.db.models import Q

MARK_REPEATS = """
    ALTER TABLE exchanges_signature DISABLE TRIGGER signatures_only_added;
    UPDATE exchanges_signature later SET is_repeat = true
        WHERE EXISTS (
            SELECT 1 FROM exchanges_signature earlier
            WHERE earlier.party = later.party AND earlier.id < later.id
                AND (earlier.ctq_version_id = later.ctq_version_id OR earlier.fa_version_id = later.fa_version_id)
        );
    ALTER TABLE exchanges_signature ENABLE TRIGGER signatures_only_added;
"""


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0013_bank_accounts")]

    operations = [
        migrations.AddField("signature", "is_repeat", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL(MARK_REPEATS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=["ctq_version", "party"], condition=Q(is_repeat=False), name="ctq_version_signed_once_by_a_party"
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=["fa_version", "party"], condition=Q(is_repeat=False), name="fa_version_signed_once_by_a_party"
            ),
        ),
    ]
