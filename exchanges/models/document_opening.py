"""Who has opened what waits for their decision."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from exchanges.models.evidence import Evidence
from exchanges.models.report import FinalActivityReport


class DocumentOpening(models.Model):
    """A person who may decide on it has opened a piece of evidence, or one version of a report, for the first time.

    report_version  the report's `row_version`; 0 for evidence, whose file is never replaced
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, null=True, blank=True, related_name="openings")
    report = models.ForeignKey(
        FinalActivityReport, on_delete=models.CASCADE, null=True, blank=True, related_name="openings"
    )
    report_version = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"), default=clock.now)

    class Meta:
        verbose_name = _("opening of a document")
        verbose_name_plural = _("openings of documents")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, report__isnull=True, report_version=0)
                | Q(evidence__isnull=True, report__isnull=False, report_version__gte=1),
                name="opening_of_one_document",
            ),
            models.UniqueConstraint(fields=["evidence", "user"], name="evidence_opened_first_once"),
            models.UniqueConstraint(fields=["report", "report_version", "user"], name="report_opened_first_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence or self.report}: {self.user}"
