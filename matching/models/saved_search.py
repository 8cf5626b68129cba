"""Filters of the catalogue saved under a name."""

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.web.models import SavedView


def _unsubscribe_key() -> str:
    return secrets.token_urlsafe(24)


class SavedSearch(SavedView):
    """A saved view of the catalogue; where `weekly`, its person is told once a week of what is new."""

    weekly = models.BooleanField(_("weekly mail"), default=False)
    # Whoever has it may stop the mail without signing in, and nothing else.
    unsubscribe_key = models.CharField(max_length=64, unique=True, default=_unsubscribe_key, editable=False)
    # The profiles that it found when it was saved or the person was last told: what is not among them is new.
    seen = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    checked_at = models.DateTimeField(_("last looked for news"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes: ClassVar = [
            models.Index(fields=["checked_at"], condition=Q(weekly=True), name="search_to_look_at"),
        ]
