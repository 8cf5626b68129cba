"""What host and visitor say of each other."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, VO


class Feedback(models.Model):
    """What host and visitor say of each other; shown to the other side when both are in, or later.

    `private_note` is never shown to the other side: `exchanges.services.feedback` says who reads it.
    """

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(_("from"), max_length=3, choices=[(VO.value, VO.label), (HO.value, HO.label)])
    rating = models.PositiveSmallIntegerField(
        _("rating (1 to 5)"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    text = FreeTextField(_("text"), blank=True, printed=False)
    private_note = FreeTextField(_("note to its own Partnership"), blank=True, default="", printed=False)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "side"], name="one_feedback_a_side"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange.reference}: {self.rating}"
