"""What a person wants to be told, and how."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """For an address that nobody can guess."""
    return secrets.token_urlsafe(32)


class Preferences(models.Model):
    """The weekly mail and the calendar address of one person; made when first asked for."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    weekly_mail = models.BooleanField(_("weekly to-do mail"), default=True)
    # Whoever has it may turn the weekly mail off without signing in, and nothing else.
    unsubscribe_key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    # Whoever has it reads the person's calendar, and nothing else; empty: there is no such address.
    calendar_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    # The Monday of the week for which the weekly mail was last handled, sent or not.
    last_week_handled = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.person)
