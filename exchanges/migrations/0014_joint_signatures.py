"""Parties for which two people sign a document jointly; which ways of signing count."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

PARTIES = [
    ("vo", "Visiting organisation"),
    ("ho", "Host organisation"),
    ("vop", "Visitor's Partnership"),
    ("hop", "Host's Partnership"),
]
METHODS = [("paper", "On paper"), ("screen", "On the screen"), ("elsewhere", "In a file signed elsewhere")]
TRIGGERS = """
CREATE OR REPLACE FUNCTION cxc_party_signs_the_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM exchanges_documentversion v WHERE v.id = NEW.version_id AND NEW.party = ANY (v.parties)
        AND (NEW.number = 1 OR NEW.party = ANY (v.joint_parties));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a document is signed by the parties that its version names'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_signed_by_its_parties';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER document_version_fixed_columns ON exchanges_documentversion;
CREATE TRIGGER document_version_fixed_columns BEFORE UPDATE ON exchanges_documentversion
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of(
        'exchange_id', 'kind', 'number', 'parties', 'joint_parties', 'content', 'code');
"""
TRIGGERS_BACK = """
CREATE OR REPLACE FUNCTION cxc_party_signs_the_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM exchanges_documentversion v WHERE v.id = NEW.version_id AND NEW.party = ANY (v.parties);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a document is signed by the parties that its version names'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'document_signed_by_its_parties';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER document_version_fixed_columns ON exchanges_documentversion;
CREATE TRIGGER document_version_fixed_columns BEFORE UPDATE ON exchanges_documentversion
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('exchange_id', 'kind', 'number', 'parties', 'content', 'code');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("profiles", "0009_joint_signatures"),
        ("exchanges", "0013_document_seals"),
    ]

    operations = [
        migrations.AddField(
            "documentversion",
            "joint_parties",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=PARTIES, max_length=3), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField("signature", "number", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
        migrations.RemoveConstraint("signature", "version_signed_once_by_a_party"),
        migrations.AddConstraint(
            "documentversion",
            models.CheckConstraint(
                condition=Q(joint_parties__contained_by=F("parties")), name="joint_parties_sign_the_document"
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                condition=Q(is_repeat=False),
                fields=("version", "party", "number"),
                name="version_signed_once_by_a_party",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                condition=Q(is_repeat=False),
                fields=("version", "party", "signer"),
                name="version_signed_once_by_a_person",
            ),
        ),
        migrations.AddConstraint(
            "signature", models.CheckConstraint(condition=Q(number__in=(1, 2)), name="at_most_two_sign_jointly")
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        migrations.CreateModel(
            "SignatureMethods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="document")),
                (
                    "methods",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=METHODS, max_length=10),
                        size=None,
                        verbose_name="ways of signing that count",
                    ),
                ),
                (
                    "generation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="profiles.generation",
                        verbose_name="generation",
                    ),
                ),
            ],
            options={
                "verbose_name": "ways of signing a document",
                "verbose_name_plural": "ways of signing documents",
                "ordering": ["generation", "kind"],
            },
        ),
        migrations.AddConstraint(
            "signaturemethods",
            models.UniqueConstraint(fields=("generation", "kind"), name="methods_once_for_a_document"),
        ),
        migrations.AddConstraint(
            "signaturemethods",
            models.CheckConstraint(
                condition=Q(methods__contained_by=["paper", "screen", "elsewhere"]) & ~Q(methods=[]),
                name="known_methods_of_signing",
            ),
        ),
    ]
