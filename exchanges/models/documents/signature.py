"""Signatures of a document's version."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc import clock
from exchanges.enums import Party, SignatureMethod
from exchanges.models.documents.version import DocumentVersion

UNCONFIRMED = Q(confirmed_by="", confirmed_at__isnull=True)
WITHOUT_CERTIFICATE = Q(issuer="", subject="", certificate_sha256="")


class Signature(models.Model):
    """One party's signature, by one of its signatories, on one version of a document, whose PDF has `sha256`.

    Rows are added, never changed. A party signs a version once; where two sign jointly, two people do. The database
    refuses a party that the version does not name, a person who signs for two bodies unless the version's content says
    that one person may, one certificate for two people, and a row without what its method needs. `is_repeat` marks
    scans that were resent before the portal refused a second signature: they are kept and count for nothing.

    number              1; of two who sign jointly, the second has 2
    file                the scan of the paper, or the file that was signed elsewhere
    confirmed_by        on the screen: how the signer had confirmed who they are ("password", "totp", …)
    confirmed_at        when that was, in real time; the portal's clock can be moved, this can't
    issuer              elsewhere: who issued the signer's certificate
    subject             elsewhere: to whom
    certificate_sha256  elsewhere: the certificate's fingerprint
    """

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(_("party"), max_length=3, choices=Party.choices)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    principal_label = models.CharField(_("for"), max_length=300)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("name"), max_length=120)
    signer_function = models.CharField(_("function"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"))
    sha256 = models.CharField("SHA-256", max_length=64)
    method = models.CharField(_("method"), max_length=10, choices=SignatureMethod.choices)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    confirmed_by = models.CharField(_("identity confirmed by"), max_length=20, blank=True)
    confirmed_at = models.DateTimeField(_("identity confirmed at"), null=True, blank=True)
    issuer = models.CharField(_("issuer of the certificate"), max_length=300, blank=True)
    subject = models.CharField(_("subject of the certificate"), max_length=300, blank=True)
    certificate_sha256 = models.CharField(_("fingerprint of the certificate"), max_length=64, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    is_repeat = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["entered_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "party", "number"],
                condition=Q(is_repeat=False),
                name="version_signed_once_by_a_party",
            ),
            models.UniqueConstraint(
                fields=["version", "party", "signer"],
                condition=Q(is_repeat=False),
                name="version_signed_once_by_a_person",
            ),
            models.CheckConstraint(condition=Q(number__in=(1, 2)), name="at_most_two_sign_jointly"),
            models.CheckConstraint(
                condition=~Q(method=SignatureMethod.PAPER) | Q(file__isnull=False) & UNCONFIRMED & WITHOUT_CERTIFICATE,
                name="paper_signature_has_a_scan",
            ),
            models.CheckConstraint(
                condition=~Q(method=SignatureMethod.SCREEN)
                | Q(confirmed_at__isnull=False, file__isnull=True, entered_by=F("signer"))
                & ~Q(confirmed_by="")
                & WITHOUT_CERTIFICATE,
                name="screen_signature_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(method=SignatureMethod.ELSEWHERE)
                | Q(file__isnull=False) & ~Q(issuer="") & ~Q(subject="") & ~Q(certificate_sha256="") & UNCONFIRMED,
                name="signature_elsewhere_has_a_file",
            ),
            models.CheckConstraint(condition=Q(method__in=SignatureMethod.values), name="signature_has_a_known_method"),
            ExclusionConstraint(
                name="certificate_signs_for_one_person",
                expressions=[("version", "="), ("certificate_sha256", "="), ("signer", "<>")],
                condition=~Q(certificate_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.principal_label}"

    @property
    def sentence(self) -> str:
        """Who has signed for whom, and when, as a refusal and the signing form say it."""
        return gettext("%(person)s has already signed for %(body)s on %(day)s.") % {
            "person": self.signer_name,
            "body": self.principal_label,
            "day": date_format(self.signed_on),
        }
