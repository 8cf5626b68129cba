"""The record of each back-up that was made, or failed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Backup(models.Model):
    """One back-up, written when it is made or has failed; all on real time.

    name          of its folder; empty where it failed
    destination   the folder, or the place in a store, in which it lies
    started_at    the moment whose state it holds
    size          of all its parts in bytes; empty where it failed
    lost_count    stored files that were missing or not what their row says; 0 where it failed
    error         why it failed, in a sentence; empty where it was made
    """

    name = models.CharField(_("name"), max_length=60, blank=True)
    destination = models.CharField(_("destination"), max_length=500)
    started_at = models.DateTimeField(_("started at"), db_index=True)
    finished_at = models.DateTimeField(_("finished at"))
    size = models.PositiveBigIntegerField(_("size"), null=True)
    rows_count = models.PositiveBigIntegerField(_("rows"), null=True)
    files_count = models.PositiveBigIntegerField(_("files"), null=True)
    lost_count = models.PositiveBigIntegerField(_("lost or changed files"), default=0)
    error = models.TextField(_("failure"), blank=True)

    class Meta:
        verbose_name = _("back-up")
        verbose_name_plural = _("back-ups")
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(error="") & ~Q(name="") & Q(size__isnull=False, rows_count__isnull=False))
                & Q(files_count__isnull=False)
                | (~Q(error="") & Q(name="", size=None, rows_count=None, files_count=None)),
                name="backup_made_or_failed",
            ),
            models.CheckConstraint(condition=Q(started_at__lte=F("finished_at")), name="backup_ends_after_its_start"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.started_at:%Y-%m-%d %H:%M:%S}"
