"""A plan of the coordinator's bench that fills a visit."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models.visit import Visit
from matching.models import Plan


class VisitPlan(models.Model):
    """The plan's pairs are for this visit: its proposals too, once it is sent. The row goes with either."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="plans")

    class Meta:
        verbose_name = _("plan for a visit")
        verbose_name_plural = _("plans for visits")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.visit}"
