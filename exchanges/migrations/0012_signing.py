"""Signatures on the screen and in files signed elsewhere, beside those on paper."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

METHODS = [("paper", "On paper"), ("screen", "On the screen"), ("elsewhere", "In a file signed elsewhere")]
UNCONFIRMED = Q(confirmed_by="", confirmed_at__isnull=True)
WITHOUT_CERTIFICATE = Q(issuer="", subject="")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_initial"),
        ("exchanges", "0011_document_versions"),
    ]

    operations = [
        migrations.RenameField("signature", "scan", "file"),
        migrations.AlterField(
            "signature",
            "file",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
                verbose_name="file",
            ),
        ),
        # All that there are were given on paper.
        migrations.AddField(
            "signature",
            "method",
            models.CharField(choices=METHODS, default="paper", max_length=10, verbose_name="method"),
            preserve_default=False,
        ),
        migrations.AddField(
            "signature",
            "confirmed_by",
            models.CharField(blank=True, default="", max_length=20, verbose_name="identity confirmed by"),
            preserve_default=False,
        ),
        migrations.AddField(
            "signature",
            "confirmed_at",
            models.DateTimeField(blank=True, null=True, verbose_name="identity confirmed at"),
        ),
        migrations.AddField(
            "signature",
            "issuer",
            models.CharField(blank=True, default="", max_length=300, verbose_name="issuer of the certificate"),
            preserve_default=False,
        ),
        migrations.AddField(
            "signature",
            "subject",
            models.CharField(blank=True, default="", max_length=300, verbose_name="subject of the certificate"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "signature",
            models.CheckConstraint(
                condition=Q(method__in=["paper", "screen", "elsewhere"]), name="signature_has_a_known_method"
            ),
        ),
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
                condition=~Q(method="elsewhere") | Q(file__isnull=False) & ~Q(issuer="") & ~Q(subject="") & UNCONFIRMED,
                name="signature_elsewhere_has_a_file",
            ),
        ),
    ]
