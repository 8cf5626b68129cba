"""Reference data that the Support Office maintains."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core.codes import check_time_zone, country_code, errors_at
from cxc.core.models.text import OneLineField
from cxc.workflow.batch import shared


class BitNumbered(models.Model):
    """Something that profiles name many of: it owns a bit in the bit strings by which partners are ranked.

    The number is given once, counts from 0 and never changes; `CAPACITY` is how wide the bit strings are.
    """

    CAPACITY: ClassVar[int]

    bit = models.PositiveSmallIntegerField(_("bit number"), unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the next number; ValidationError when the bit strings are full."""
        if self.bit is None:
            last = type(self)._default_manager.aggregate(last=models.Max("bit"))["last"]
            self.bit = 0 if last is None else last + 1
        if self.bit >= self.CAPACITY:
            raise ValidationError(
                _("There can be at most %(number)s of these: rename one that is no longer used.")
                % {"number": self.CAPACITY}
            )
        super().save(*args, **kwargs)


class Country(BitNumbered):
    """A country by its ISO 3166 code, with the time zone that a visit there starts with."""

    CAPACITY: ClassVar = 64
    # Columns that are translated into the active language; lists are in its order.
    TRANSLATED: ClassVar = frozenset({"name"})

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = OneLineField(_("name"), max_length=60, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=40)
    has_iban = models.BooleanField(
        _("bank accounts have an IBAN"),
        default=True,
        help_text=_("Where they have none, account number, BIC and name of the bank are asked."),
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering: ClassVar = ["name__in_language__folded"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[A-Z]{2}$"),
                name="country_code_in_capitals",
                violation_error_message=_("A country's code is two capital letters."),
            )
        ]

    def __str__(self) -> str:
        return gettext(self.name)

    def clean(self) -> None:
        """Code (given once) and time zone are those of the world."""
        if self._state.adding:
            with errors_at("code"):
                self.code = country_code(self.code)
        with errors_at("time_zone"):
            check_time_zone(self.time_zone)


class _DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class LumpSumCeiling(models.Model):
    """The most that may be paid (EUR) for an exchange hosted in a country, by its start date."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="ceilings", verbose_name=_("country"))
    amount = models.DecimalField(_("ceiling (EUR)"), max_digits=8, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("lump sum ceiling")
        verbose_name_plural = _("lump sum ceilings")
        ordering: ClassVar = ["country", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="ceiling_above_zero",
                violation_error_message=_("A ceiling is an amount above 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=F("valid_from")),
                name="ceiling_dates_in_order",
                violation_error_message=_("The last day of a ceiling is not before its first."),
            ),
            ExclusionConstraint(
                name="one_ceiling_at_a_time",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    (
                        _DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "This country has another ceiling on some of these days: end that one before this begins."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.amount} EUR"

    def clean(self) -> None:
        """Days in order, before the database makes a range of them, which it can't of others."""
        first: date | None = self.valid_from  # None where what was typed is no date
        if first and self.valid_to and self.valid_to < first:
            raise ValidationError({"valid_to": _("Enter a last day that is not before the first day.")})

    @classmethod
    def amount_for(cls, country_code: str, day: date) -> Decimal | None:
        """The ceiling in EUR of a host country on a local date; None where there is none."""
        rows = shared(cls, lambda: list(cls.objects.order_by()))  # one at most; the usual order would join the country
        return next((row.amount for row in rows if row.country_id == country_code and row.is_valid_on(day)), None)

    def is_valid_on(self, day: date) -> bool:
        """Whether it is the country's ceiling on this local date."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Sector(BitNumbered):
    """A division of NACE Rev. 2."""

    CAPACITY: ClassVar = 128
    TRANSLATED: ClassVar = frozenset({"title", "section_title"})

    code = models.CharField(_("division"), max_length=2, primary_key=True)
    title = OneLineField(_("title"))
    section = models.CharField(_("section"), max_length=1)
    section_title = OneLineField(_("section title"))

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[0-9]{2}$", section__regex="^[A-U]$"),
                name="sector_as_nace_has_them",
                violation_error_message=_(
                    "A division of NACE is two figures, as 13, and its section a capital letter from A to U."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {gettext(self.title)}"


class ExchangeType(BitNumbered):
    """One of the scheme's types of exchange."""

    CAPACITY: ClassVar = 16
    TRANSLATED: ClassVar = frozenset({"name"})

    code = models.SlugField(_("code"), primary_key=True)
    name = OneLineField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("exchange type")
        verbose_name_plural = _("exchange types")
        ordering: ClassVar = ["name__in_language__folded"]

    def __str__(self) -> str:
        return gettext(self.name)


class Topic(BitNumbered):
    """Something an organisation offers or seeks."""

    CAPACITY: ClassVar = 256
    TRANSLATED: ClassVar = frozenset({"name", "group"})

    code = models.SlugField(_("code"), primary_key=True)
    name = OneLineField(_("name"), max_length=100, unique=True)
    group = OneLineField(_("group"), max_length=100)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering: ClassVar = ["group__in_language__folded", "name__in_language__folded"]

    def __str__(self) -> str:
        return gettext(self.name)
