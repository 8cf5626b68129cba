"""Signatures of a document's version."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc import clock
from exchanges.enums import Party
from exchanges.models.documents.version import DocumentVersion


class Signature(models.Model):
    """One party's signature, by one of its signatories, on one version of a document.

    Signed on paper: the scan lies beside the PDF of that version (`sha256`). Rows are added, never
    changed, and a party signs a version once. The database refuses a party that the version does not
    name. `is_repeat` marks scans that were resent before the portal refused a second signature: they
    are kept and count for nothing.
    """

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(_("party"), max_length=3, choices=Party.choices)
    principal_label = models.CharField(_("for"), max_length=300)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(_("name"), max_length=120)
    signer_function = models.CharField(_("function"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"))
    sha256 = models.CharField("SHA-256", max_length=64)
    scan = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("scan"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    is_repeat = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["entered_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "party"], condition=Q(is_repeat=False), name="version_signed_once_by_a_party"
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
