"""A certificate signs a version for one person, and nobody signs it for two bodies unless the version says so."""

import django.contrib.postgres.constraints
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

# Signatures handed in before have no fingerprint yet: their own file stands for it.
FINGERPRINTS = """
ALTER TABLE exchanges_signature DISABLE TRIGGER USER;
UPDATE exchanges_signature s SET certificate_sha256 = f.sha256 FROM core_storedfile f
WHERE s.method = 'elsewhere' AND f.id = s.file_id;
ALTER TABLE exchanges_signature ENABLE TRIGGER USER;
"""
TRIGGERS = """
CREATE FUNCTION cxc_person_signs_for_one_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM exchanges_signature s JOIN exchanges_documentversion v ON v.id = s.version_id
        WHERE s.version_id = NEW.version_id AND s.signer_id = NEW.signer_id AND NOT s.is_repeat
        AND s.principal_label <> NEW.principal_label AND coalesce(v.content ->> 'one_signatory_note', '') = '';
    IF FOUND THEN
        RAISE EXCEPTION 'nobody signs a document for two bodies'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'person_signs_for_one_body';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_signs_for_one_body BEFORE INSERT ON exchanges_signature
    FOR EACH ROW EXECUTE FUNCTION cxc_person_signs_for_one_body();
"""
TRIGGERS_BACK = """
DROP TRIGGER person_signs_for_one_body ON exchanges_signature;
DROP FUNCTION cxc_person_signs_for_one_body();
"""
UNCONFIRMED = Q(confirmed_by="", confirmed_at__isnull=True)
WITHOUT_CERTIFICATE = Q(issuer="", subject="", certificate_sha256="")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_file_by_hash"),
        ("exchanges", "0015_document_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("signature", "paper_signature_has_a_scan"),
        migrations.RemoveConstraint("signature", "screen_signature_is_confirmed"),
        migrations.RemoveConstraint("signature", "signature_elsewhere_has_a_file"),
        migrations.AddField(
            "signature",
            "certificate_sha256",
            models.CharField(blank=True, max_length=64, verbose_name="fingerprint of the certificate"),
        ),
        migrations.RunSQL(FINGERPRINTS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "signature",
            models.CheckConstraint(
                condition=~Q(method="paper") | Q(file__isnull=False) & UNCONFIRMED & WITHOUT_CERTIFICATE,
                name="paper_signature_has_a_scan",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.CheckConstraint(
                condition=~Q(method="screen")
                | Q(confirmed_at__isnull=False, file__isnull=True, entered_by=F("signer"))
                & ~Q(confirmed_by="")
                & WITHOUT_CERTIFICATE,
                name="screen_signature_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.CheckConstraint(
                condition=~Q(method="elsewhere")
                | Q(file__isnull=False) & ~Q(issuer="") & ~Q(subject="") & ~Q(certificate_sha256="") & UNCONFIRMED,
                name="signature_elsewhere_has_a_file",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            django.contrib.postgres.constraints.ExclusionConstraint(
                condition=~Q(certificate_sha256=""),
                expressions=[("version", "="), ("certificate_sha256", "="), ("signer", "<>")],
                name="certificate_signs_for_one_person",
            ),
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
    ]
