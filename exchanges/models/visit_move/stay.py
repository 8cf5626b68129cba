"""An exchange that a move of its visit concerns: its own days there, and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from exchanges.enums import MoveOutcome
from exchanges.models.exchange import Exchange
from exchanges.models.visit_move.move import VisitMove
from exchanges.rules.visit_move import Days


class VisitMoveStay(models.Model):
    """One exchange of a move. Without days of its own it keeps its distance from the first day of the visit."""

    move = models.ForeignKey(VisitMove, on_delete=models.CASCADE, related_name="stays")
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="moves")
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=MoveOutcome.choices, blank=True, editable=False)
    reasons = FreeTextField(_("why it could not come"), blank=True, editable=False, max_length=LONG)

    class Meta:
        verbose_name = _("exchange of a move")
        verbose_name_plural = _("exchanges of a move")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "exchange"], name="exchange_once_in_a_move"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="own_days_of_a_move_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange}: {self.move}"

    @property
    def days(self) -> Days | None:
        """The days given for it; None: by its distance from the first day."""
        return Days(self.first_day, self.last_day) if self.first_day and self.last_day else None
