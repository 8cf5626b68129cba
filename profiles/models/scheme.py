"""Generations of the scheme and the Partnerships' participation in them."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import OneLineField
from cxc.workflow.batch import shared
from profiles.enums import Modality, OrganisationKind, ProfileKind
from profiles.models.partnerships import Partnership
from profiles.models.reference_data import Country


class Generation(models.Model):
    """A phase of the scheme, with its rules as data. Dates are inclusive local dates."""

    code = models.SlugField(_("code"), unique=True)
    name = OneLineField(_("name"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    last_virtual_day = models.DateField(_("last day for virtual exchanges"), null=True, blank=True)
    countries = models.ManyToManyField(Country, related_name="+", verbose_name=_("participating countries"))
    visitor_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices), verbose_name=_("visitor kinds")
    )
    host_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices), verbose_name=_("host kinds")
    )
    min_working_days = models.PositiveSmallIntegerField(
        _("least working days"), default=3, validators=[MinValueValidator(1)]
    )
    max_stay_months = models.PositiveSmallIntegerField(
        _("longest stay in months"), default=1, validators=[MinValueValidator(1)]
    )
    physical_per_visitor = models.PositiveSmallIntegerField(
        _("physical exchanges per visitor"), default=1, editable=False
    )

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        ordering: ClassVar = ["-first_day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="generation_dates_in_order",
                violation_error_message=_("The last day of a generation is not before its first."),
            ),
            models.CheckConstraint(
                condition=Q(last_virtual_day=None)
                | Q(last_virtual_day__gte=F("first_day"), last_virtual_day__lte=F("last_day")),
                name="last_virtual_day_in_the_generation",
                violation_error_message=_("The last day for virtual exchanges lies in the generation."),
            ),
            models.CheckConstraint(
                condition=Q(physical_per_visitor=1),
                name="one_physical_exchange_a_visitor",
                violation_error_message=_("A visitor has one physical exchange in a generation."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_part(self, *country_codes: str) -> bool:
        """Whether all these countries participate; asks the database unless they were prefetched."""
        known = getattr(self, "_prefetched_objects_cache", {}).get("countries")
        if known is not None:
            return set(country_codes) <= {country.pk for country in known}
        wanted = set(country_codes)
        return self.countries.filter(pk__in=wanted).count() == len(wanted)

    def kinds_for(self, profile_kind: str) -> list[str]:
        """The kinds of organisation that may visit, or host."""
        return self.visitor_kinds if profile_kind == ProfileKind.VISITING else self.host_kinds

    def last_day_for_profiles(self) -> date | None:
        """The last local date on which any Partnership takes profiles; None where none takes part."""
        key = ("last day for profiles", self.pk)
        found: date | None = shared(key, lambda: self.participations.aggregate(last=Max("last_day"))["last"])
        return found


class Participation(models.Model):
    """A Partnership in a generation: its target (exchanges) and its last day, which the SO may extend."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="participations")
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="participations")
    target = models.PositiveIntegerField(_("target number of exchanges"), default=0)
    last_day = models.DateField(_("last day"))
    grant_agreement_number = OneLineField(
        _("grant agreement number"),
        max_length=60,
        blank=True,
        help_text=_("Of the Partnership's grant in this generation. Its contracts print it."),
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering: ClassVar = ["generation", "partnership"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "generation"],
                name="one_participation_a_generation",
                violation_error_message=_("This Partnership takes part in this generation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.partnership} · {self.generation}"

    def clean(self) -> None:
        """Its last day is not before the generation's first."""
        generation = Generation.objects.filter(pk=self.generation_id).first()
        last: date | None = self.last_day  # empty while a form is filled in
        if generation is not None and last is not None and last < generation.first_day:
            raise ValidationError(
                {
                    "last_day": gettext("The generation begins on %(day)s: the last day can't be before.")
                    % {"day": date_format(generation.first_day)}
                }
            )

    def is_open(self, day: date) -> bool:
        """Whether new profiles, proposals and drafts may still be made on this local date."""
        return day <= self.last_day

    def last_day_for(self, modality: str) -> date:
        """The last local date on which an exchange of this modality may end."""
        virtual = self.generation.last_virtual_day
        if modality == Modality.VIRTUAL and virtual is not None:
            return min(self.last_day, virtual)
        return self.last_day
