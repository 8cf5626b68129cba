"""The seals of documents that all parties have signed, due for those that were signed before."""

import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = """
CREATE FUNCTION cxc_refuse_change_of_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.file_id IS NOT NULL OR OLD.version_id <> NEW.version_id THEN
        RAISE EXCEPTION 'a document is sealed once: its seal is never changed or removed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_sealed_once BEFORE UPDATE OR DELETE ON exchanges_documentseal
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_change_of_seal();
"""
TRIGGERS_BACK = """
DROP TRIGGER document_sealed_once ON exchanges_documentseal;
DROP FUNCTION cxc_refuse_change_of_seal();
"""
# An editorial version has the signatures of those that it follows.
DUE = """
INSERT INTO exchanges_documentseal (version_id, level)
WITH RECURSIVE chain (version_id, member_id) AS (
    SELECT id, id FROM exchanges_documentversion WHERE cardinality(parties) > 0
    UNION ALL
    SELECT c.version_id, m.follows_id FROM chain c JOIN exchanges_documentversion m ON m.id = c.member_id
    WHERE m.is_editorial
)
SELECT v.id, '' FROM exchanges_documentversion v JOIN exchanges_exchange e ON e.id = v.exchange_id
WHERE cardinality(v.parties) > 0 AND NOT e.is_recorded AND NOT EXISTS (
    SELECT 1 FROM unnest(v.parties) party WHERE NOT EXISTS (
        SELECT 1 FROM chain c JOIN exchanges_signature s ON s.version_id = c.member_id
        WHERE c.version_id = v.id AND s.party = party
    )
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_messages"),
        ("seals", "0001_initial"),
        ("exchanges", "0012_signing"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="sealed at")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("B-B", "PAdES B-B"), ("B-T", "PAdES B-T")],
                        max_length=3,
                        verbose_name="level",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="seals.sealcertificate",
                        verbose_name="certificate",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="sealed file",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="exchanges.documentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "seal of a document",
                "verbose_name_plural": "seals of documents",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("file__isnull", True)), fields=["version"], name="document_seal_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("certificate__isnull", True),
                                ("file__isnull", True),
                                ("level", ""),
                                ("sealed_at__isnull", True),
                            ),
                            models.Q(
                                ("certificate__isnull", False),
                                ("file__isnull", False),
                                ("level__in", ["B-B", "B-T"]),
                                ("sealed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="document_seal_is_due_or_made",
                    )
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
