"""What somebody has typed into a form and not handed in yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock


class FormDraft(models.Model):
    """What one person has typed into one form: theirs alone, until it is handed in or discarded.

    `principal` is whom they acted for, `address` the form's own. `fields` are name and value as a browser
    sends them; never files, passwords or bank accounts (`cxc.web.form_drafts.store.is_private`). `base` stands for
    what the form said before anything was typed, so that a change by somebody else in the meantime is seen.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    principal = models.CharField(max_length=60)
    address = models.CharField(max_length=400)
    base = models.CharField(max_length=2000, blank=True)
    fields = models.JSONField(default=list)
    saved_at = models.DateTimeField(_("saved at"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("form draft")
        verbose_name_plural = _("form drafts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "principal", "address"], name="one_draft_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.saved_at:%Y-%m-%d %H:%M}"
