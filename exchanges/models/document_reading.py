"""Who has opened a version of a document, or taken its file along."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from exchanges.enums import ReadingKind
from exchanges.models.documents.version import DocumentVersion


class DocumentReading(models.Model):
    """A person has opened a version in the portal, or downloaded its file: once a person, kind and day (UTC).

    Once a day, because an audit trail tells who knew what since when; a reader that fetches a file in pieces, or opens
    it ten times, tells nothing more. Rows are added, never changed; they name people by id only.

    side  on which the person stood towards the exchange
    """

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=20, choices=Side.choices)
    kind = models.CharField(_("what was done"), max_length=20, choices=ReadingKind.choices)
    day = models.DateField(_("day"))
    read_at = models.DateTimeField(_("first read at"), default=clock.now)

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "user", "kind", "day"], name="document_read_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_kind_display()}"
