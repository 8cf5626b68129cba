"""Days of a stay on which the visitor did not work."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import OneLineField
from exchanges.models.exchange.exchange import Exchange


class DayNotWorked(models.Model):
    """A day of the stay on which this visitor did not work, with the reason."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="days_not_worked")
    day = models.DateField(_("day"))
    reason = OneLineField(_("reason"))

    class Meta:
        verbose_name = _("day not worked")
        verbose_name_plural = _("days not worked")
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "day"], name="one_day_off_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="day_off_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"
