"""The agenda of a visit, by day and hour, and the days marked worked or not."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import OneLineField
from exchanges.models.visit import Visit


class AgendaItem(models.Model):
    """One item of the agenda; times are local to the visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="agenda_items")
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    title = OneLineField(_("what"))
    place = OneLineField(_("where"), blank=True)
    leader = OneLineField(_("led by"))
    is_feedback = models.BooleanField(_("feedback time"), default=False)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering: ClassVar = ["day", "starts", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="agenda_item_times_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.} {self.starts:%H:%M} {self.title}"


class DayMark(models.Model):
    """A day of the visit marked worked (a weekend or holiday with an agenda item) or not worked."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="day_marks")
    day = models.DateField(_("day"))
    is_worked = models.BooleanField(_("worked"))
    reason = OneLineField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("day mark")
        verbose_name_plural = _("day marks")
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "day"], name="one_mark_a_day"),
            models.CheckConstraint(condition=Q(is_worked=True) | ~Q(reason=""), name="day_not_worked_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {_('worked') if self.is_worked else _('not worked')}"
