"""One table for the versions of all documents: those of CTQ and Financial Agreement move there, and accepted reports."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import cxc.core.models.text
import exchanges.rules.document_codes

# A code for each row, from the random bits of a UUID.
CODE = """
regexp_replace(
    left(translate(upper(replace(gen_random_uuid()::text, '-', '')), '01', 'XY'), 16),
    '(....)(....)(....)(....)', '\\1-\\2-\\3-\\4'
)
"""
COPY = f"""
INSERT INTO exchanges_documentversion (
    exchange_id, kind, number, part_version, shared_version, parties, content, made_at, code, is_editorial, pdf_id
)
SELECT exchange_id, kind, number, part_version, shared_version, parties, content, made_at, {CODE}, is_editorial, pdf_id
FROM (
    SELECT c.exchange_id, 'ctq' AS kind, c.number, c.own_version AS part_version, c.shared_version,
        ARRAY['vo', 'ho', 'vop', 'hop']::varchar(3)[] AS parties, c.content, c.made_at, c.is_editorial, c.pdf_id
    FROM exchanges_ctqversion c
    UNION ALL
    SELECT a.exchange_id, 'fa', f.number, f.number, NULL, ARRAY['vo', 'vop']::varchar(3)[], f.content, f.made_at, false, f.pdf_id
    FROM exchanges_faversion f JOIN exchanges_financialagreement a ON a.id = f.agreement_id
    UNION ALL
    SELECT r.exchange_id, 'far', r.version, r.version, NULL, ARRAY[]::varchar(3)[], '{{}}'::jsonb, r.accepted_at, false, r.pdf_id
    FROM exchanges_finalactivityreport r JOIN exchanges_exchange e ON e.id = r.exchange_id
    WHERE r.state = 'accepted' AND NOT e.is_recorded
) AS versions
ORDER BY made_at;

CREATE TEMPORARY TABLE versions_moved ON COMMIT DROP AS
SELECT c.id AS ctq_id, NULL::bigint AS fa_id, v.id FROM exchanges_ctqversion c
JOIN exchanges_documentversion v ON v.exchange_id = c.exchange_id AND v.kind = 'ctq' AND v.number = c.number
UNION ALL
SELECT NULL, f.id, v.id FROM exchanges_faversion f
JOIN exchanges_financialagreement a ON a.id = f.agreement_id
JOIN exchanges_documentversion v ON v.exchange_id = a.exchange_id AND v.kind = 'fa' AND v.number = f.number;

UPDATE exchanges_documentversion v SET follows_id = earlier.id
FROM versions_moved m JOIN exchanges_ctqversion c ON c.id = m.ctq_id JOIN versions_moved earlier
    ON earlier.ctq_id = c.follows_id
WHERE v.id = m.id;

INSERT INTO exchanges_agreementterms (version_id, amount, ceiling, iban, account_number, bic, bank_name)
SELECT m.id, f.amount, f.ceiling, f.iban, f.account_number, f.bic, f.bank_name
FROM exchanges_faversion f JOIN versions_moved m ON m.fa_id = f.id;

ALTER TABLE exchanges_signature DISABLE TRIGGER USER;
UPDATE exchanges_signature s SET version_id = m.id FROM versions_moved m
WHERE m.ctq_id = s.ctq_version_id OR m.fa_id = s.fa_version_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE exchanges_signature ENABLE TRIGGER USER;

UPDATE exchanges_scanneddocument s SET version_id = m.id FROM versions_moved m
WHERE m.ctq_id = s.ctq_version_id OR m.fa_id = s.fa_version_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
TRIGGERS = """
CREATE FUNCTION cxc_party_signs_the_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM exchanges_documentversion v WHERE v.id = NEW.version_id AND NEW.party = ANY (v.parties);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a document is signed by the parties that its version names'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_signed_by_its_parties';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_signed_by_its_parties BEFORE INSERT ON exchanges_signature
    FOR EACH ROW EXECUTE FUNCTION cxc_party_signs_the_document();
CREATE TRIGGER document_version_fixed_columns BEFORE UPDATE ON exchanges_documentversion
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('exchange_id', 'kind', 'number', 'parties', 'content', 'code');
"""
TRIGGERS_BACK = """
DROP TRIGGER document_version_fixed_columns ON exchanges_documentversion;
DROP TRIGGER document_signed_by_its_parties ON exchanges_signature;
DROP FUNCTION cxc_party_signs_the_document();
"""


def _version(related_name: str, *, null: bool = False) -> models.ForeignKey:
    """The key to a version."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="exchanges.documentversion",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_initial"),
        ("exchanges", "0010_document_openings"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="document")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("part_version", models.PositiveIntegerField()),
                ("shared_version", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("vo", "Visiting organisation"),
                                ("ho", "Host organisation"),
                                ("vop", "Visitor's Partnership"),
                                ("hop", "Host's Partnership"),
                            ],
                            max_length=3,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("content", models.JSONField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="validated at")),
                (
                    "code",
                    models.CharField(
                        default=exchanges.rules.document_codes.new_code, max_length=19, unique=True, verbose_name="code"
                    ),
                ),
                ("is_editorial", models.BooleanField(default=False, verbose_name="editorial")),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_versions",
                        to="exchanges.exchange",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="exchanges.documentversion",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a document",
                "verbose_name_plural": "versions of documents",
                "ordering": ["exchange", "kind", "number"],
            },
        ),
        migrations.CreateModel(
            name="AgreementTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account_number",
                    cxc.core.models.text.OneLineField(blank=True, max_length=34, verbose_name="account number"),
                ),
                ("bic", cxc.core.models.text.OneLineField(blank=True, max_length=11, verbose_name="BIC")),
                (
                    "bank_name",
                    cxc.core.models.text.OneLineField(blank=True, max_length=100, verbose_name="name of the bank"),
                ),
                ("iban", models.CharField(blank=True, max_length=34)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="amount (EUR)")),
                ("ceiling", models.DecimalField(decimal_places=2, max_digits=8, verbose_name="ceiling (EUR)")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="exchanges.documentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a Financial Agreement's version",
                "verbose_name_plural": "terms of Financial Agreements' versions",
                "ordering": ["version"],
            },
        ),
        migrations.AddField("signature", "version", _version("signatures", null=True)),
        migrations.AddField("scanneddocument", "version", _version("+", null=True)),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RemoveConstraint("scanneddocument", "scanned_document_is_one_document"),
        migrations.RemoveConstraint("scanneddocument", "ctq_version_once_in_a_scan"),
        migrations.RemoveConstraint("scanneddocument", "fa_version_once_in_a_scan"),
        migrations.RemoveConstraint("signature", "signature_on_one_document"),
        migrations.RemoveConstraint("signature", "agreement_signed_by_visitor_and_vop"),
        migrations.RemoveConstraint("signature", "ctq_version_signed_once_by_a_party"),
        migrations.RemoveConstraint("signature", "fa_version_signed_once_by_a_party"),
        migrations.RemoveField("signature", "ctq_version"),
        migrations.RemoveField("signature", "fa_version"),
        migrations.RemoveField("scanneddocument", "ctq_version"),
        migrations.RemoveField("scanneddocument", "fa_version"),
        migrations.RemoveField("finalactivityreport", "pdf"),
        migrations.DeleteModel("CtqVersion"),
        migrations.DeleteModel("FaVersion"),
        migrations.AlterField("signature", "version", _version("signatures")),
        migrations.AlterField("scanneddocument", "version", _version("+")),
        migrations.AddConstraint(
            "scanneddocument", models.UniqueConstraint(fields=("scan", "version"), name="version_once_in_a_scan")
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                condition=models.Q(("is_repeat", False)),
                fields=("version", "party"),
                name="version_signed_once_by_a_party",
            ),
        ),
        migrations.AddIndex(
            "documentversion",
            models.Index(condition=models.Q(("pdf__isnull", True)), fields=["kind"], name="document_pdf_to_make"),
        ),
        migrations.AddConstraint(
            "documentversion",
            models.UniqueConstraint(fields=("exchange", "kind", "number"), name="one_version_a_number"),
        ),
        migrations.AddConstraint(
            "documentversion",
            models.CheckConstraint(
                condition=models.Q(("is_editorial", False), ("follows__isnull", False), _connector="OR"),
                name="editorial_version_follows_another",
            ),
        ),
        migrations.AddConstraint(
            "documentversion",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "ctq"), ("shared_version__isnull", False)),
                    models.Q(models.Q(("kind", "ctq"), _negated=True), ("shared_version__isnull", True)),
                    _connector="OR",
                ),
                name="ctq_version_has_a_shared_part",
            ),
        ),
        migrations.AddConstraint(
            "documentversion",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__regex",
                        "^([23456789ABCDEFGHJKLMNPQRSTUVWXYZ]{4}-){3}[23456789ABCDEFGHJKLMNPQRSTUVWXYZ]{4}$",
                    )
                ),
                name="document_code_is_readable",
            ),
        ),
        migrations.AddConstraint(
            "agreementterms",
            models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lte", models.F("ceiling"))),
                name="agreement_within_ceiling",
            ),
        ),
        migrations.AddConstraint(
            "agreementterms",
            models.CheckConstraint(
                condition=models.Q(("iban", ""), ("account_number", ""), _connector="OR"),
                name="agreement_version_one_account",
            ),
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
    ]
