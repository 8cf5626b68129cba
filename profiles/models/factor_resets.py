"""Second factors that a person has lost, taken away by two people of the Support Office.

Rule: docs/accounts.md, Lost second factors.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import OneLineField


class SecondFactorReset(models.Model):
    """One person of the Support Office asks for it, another one carries it out or refuses it; the row is the log.

    Moments are real time: the portal's clock can be moved, these can't.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="factor_resets", verbose_name=_("person")
    )
    reason = OneLineField(_("how they showed who they are"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), default=clock.real_now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    is_refused = models.BooleanField(_("refused"), default=False)

    class Meta:
        verbose_name = _("reset of second factors")
        verbose_name_plural = _("resets of second factors")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(answered_at__isnull=True),
                name="one_open_reset_of_second_factors",
                violation_error_message=_("This reset was asked for already: another person has to answer it."),
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("asked_by")),
                name="second_factors_reset_by_two_people",
                violation_error_message=_("Another person of the Support Office has to answer what you asked for."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("asked_by")) & ~Q(person=F("answered_by")),
                name="nobody_resets_their_own_second_factors",
                violation_error_message=_("Nobody resets their own second factors."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, is_refused=False)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reset_of_second_factors_has_one_answer",
                violation_error_message=_("An answer names who gave it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
