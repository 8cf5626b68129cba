"""The certificates that the portal has sealed with."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc import clock


class SealCertificate(models.Model):
    """A certificate of the portal's seal; rows stay for ever, so that older seals can be checked.

    Seals are checked against it at the moment of sealing: what has expired since is no fault of theirs.

    fingerprint       SHA-256 of the certificate (DER), hexadecimal
    is_self_made      issued by itself: other readers do not know the issuer
    is_trial          made by the portal at its first start, not meant for production
    """

    fingerprint = models.CharField(_("fingerprint (SHA-256)"), max_length=64, unique=True)
    subject = models.CharField(_("name"), max_length=500)
    issuer = models.CharField(_("issuer"), max_length=500)
    pem = models.TextField(_("certificate (PEM)"))
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    is_self_made = models.BooleanField(_("issued by itself"))
    is_trial = models.BooleanField(_("for trial use"))
    first_used_at = models.DateTimeField(_("first used at"), default=clock.real_now, editable=False)

    class Meta:
        verbose_name = _("certificate of the seal")
        verbose_name_plural = _("certificates of the seal")
        ordering: ClassVar = ["-first_used_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="seal_certificate_has_a_period"),
        ]

    def __str__(self) -> str:
        return self.subject

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the moment (aware) lies within its period."""
        return self.valid_from <= moment <= self.valid_until
