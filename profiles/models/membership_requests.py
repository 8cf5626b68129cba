"""Requests of people to become members of an organisation that is registered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import OneLineField
from profiles.models.organisations import Organisation


class MembershipRequest(models.Model):
    """One person asks to join one organisation; an owner accepts, or refuses with a sentence."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="membership_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = OneLineField(_("message"), blank=True, printed=False)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_accepted = models.BooleanField(_("accepted"), default=False)
    answer = OneLineField(_("answer"), blank=True, printed=False)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(answered_at__isnull=True),
                name="one_open_request_to_join",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(is_accepted=True) | ~Q(answer=""),
                name="refused_with_a_sentence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"
