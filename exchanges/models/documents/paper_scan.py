"""A scan that holds several signed documents, and the pages that belong to each."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from exchanges.models.documents.version import DocumentVersion
from exchanges.models.visit import Visit


class PaperScan(Scoped):
    """One PDF with documents of a visit that were signed on paper; read by who uploaded it and the Support Office.

    parties      whose signatures are on it, as whoever uploaded it says
    suggestions  key of a document (`DocumentToSign.key`) → "pages" ("1-4") and "is_read": by its reference on them
    """

    side_paths: ClassVar = {Side.ASKER: "uploaded_by_id"}
    read_permissions: ClassVar = {"see": (Side.ASKER, Side.SO)}

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="paper_scans")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now)
    parties = models.JSONField(default=list)
    page_count = models.PositiveIntegerField(_("pages"))
    suggestions = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("scan of signed documents")
        verbose_name_plural = _("scans of signed documents")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(page_count__gte=1), name="paper_scan_has_pages"),
        ]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return reverse("paper_scan", args=[self.pk])

    @property
    def page_numbers(self) -> range:
        return range(1, self.page_count + 1)


class ScannedDocument(models.Model):
    """One document in a scan: which pages it has there, cut out as a file of its own.

    pages     as they were entered: "1-4, 9"
    file      these pages; None while no signature on them was recorded
    refusals  why signatures on it were not recorded, in sentences for whoever entered them
    """

    scan = models.ForeignKey(PaperScan, on_delete=models.CASCADE, related_name="documents")
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    pages = models.CharField(_("pages"), max_length=200)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    refusals = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("document in a scan")
        verbose_name_plural = _("documents in a scan")
        ordering: ClassVar = ["scan", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scan", "version"], name="version_once_in_a_scan"),
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def signatures(self) -> list[Any]:
        """Those that were recorded from these pages."""
        return [one for one in self.version.signatures.all() if one.file_id == self.file_id]
