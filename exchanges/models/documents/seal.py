"""The seal of a version that all its parties have signed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchanges.models.documents.version import DocumentVersion


class DocumentSeal(models.Model):
    """Due from the last signature on, made by the worker; what is sealed never changes.

    file         the sealed PDF; None while it is due
    certificate  the portal's, with which it was sealed
    sealed_at    in real time; the portal's clock can be moved, this can't
    level        "B-B", or "B-T" with the time of a time-stamp server
    """

    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="seal")
    file = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sealed file"),
    )
    certificate = models.ForeignKey(
        "seals.SealCertificate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("certificate"),
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=3, blank=True, choices=[("B-B", "PAdES B-B"), ("B-T", "PAdES B-T")])

    class Meta:
        verbose_name = _("seal of a document")
        verbose_name_plural = _("seals of documents")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(file__isnull=True, certificate__isnull=True, sealed_at__isnull=True, level="")
                | Q(file__isnull=False, certificate__isnull=False, sealed_at__isnull=False, level__in=["B-B", "B-T"]),
                name="document_seal_is_due_or_made",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version"], condition=Q(file__isnull=True), name="document_seal_due"),
        ]

    def __str__(self) -> str:
        return str(self.version)
