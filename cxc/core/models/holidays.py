"""Corrections to the national holidays that the library knows."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.core.codes import country_code, errors_at
from cxc.core.models.text import OneLineField


class HolidayChange(models.Model):
    """A day that the Support Office adds to, or takes from, a country's national holidays."""

    country_code = models.CharField(_("country"), max_length=2)
    day = models.DateField(_("day"))
    is_holiday = models.BooleanField(
        _("is a holiday"), default=True, help_text=_("Off: the calendar has it as a holiday, but people work.")
    )
    note = OneLineField(_("note"), blank=True)

    class Meta:
        verbose_name = _("holiday change")
        verbose_name_plural = _("holiday changes")
        ordering: ClassVar = ["country_code", "day"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country_code", "day"],
                name="one_change_a_day",
                violation_error_message=_("This day of this country is changed already: edit that change."),
            ),
            models.CheckConstraint(
                condition=models.Q(country_code__regex="^[A-Z]{2}$"),
                name="holiday_country_code_in_capitals",
                violation_error_message=_("A country's code is two capital letters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_code} {self.day}"

    def clean(self) -> None:
        """The country is one, in capital letters however it was typed."""
        with errors_at("country_code"):
            self.country_code = country_code(self.country_code)
