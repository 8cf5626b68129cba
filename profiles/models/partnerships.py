"""Partnerships, which look after participants and pay visitors."""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from cxc.core.compiled_queries import compiled_once
from cxc.core.email_addresses import AddressField
from cxc.core.models.text import FreeTextField, OneLineField, WebAddressField
from profiles.enums import PartnershipRole
from profiles.models.organisations import ClusterOrganisation
from profiles.models.reference_data import Country, Sector
from profiles.postal import PostalAddress, RegistrationNumberField
from profiles.rules import percent_for

if TYPE_CHECKING:
    from profiles.models.scheme import Generation, Participation


class Partnership(Scoped):
    """A European Cluster Partnership: VOP for its visitors, HOP for its hosts."""

    side_paths: ClassVar = {Side.PARTNERSHIP: "id"}
    read_permissions: ClassVar = {
        "see": (Side.PARTNERSHIP, Side.SO, Side.OBSERVER),
        "edit": (Side.PARTNERSHIP, Side.SO),
        "members": (Side.PARTNERSHIP, Side.SO),
    }

    acronym = OneLineField(_("acronym"), max_length=60, unique=True)
    full_name = OneLineField(_("full name"), max_length=300)
    seat = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("seat"))
    address = OneLineField(
        _("contact address"),
        max_length=250,
        blank=True,
        help_text=_("Public. Contracts print the coordinating organisation's."),
    )
    website = WebAddressField(_("website"), blank=True)
    email = AddressField(
        _("contact e-mail address"),
        blank=True,
        help_text=_("Answers to messages of the Partnership and of its participants go there."),
    )
    summary = FreeTextField(_("summary"), blank=True, printed=False)
    clusters = models.ManyToManyField(ClusterOrganisation, blank=True, related_name="+", verbose_name=_("clusters"))
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("sectors"))
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="profiles.PartnershipMembership", related_name="+"
    )
    note = OneLineField(_("note"), blank=True)

    signs_jointly = models.BooleanField(_("two signatories sign jointly"), default=False)

    class Meta:
        verbose_name = _("Partnership")
        verbose_name_plural = _("Partnerships")
        ordering: ClassVar = ["acronym__folded"]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("partnership", args=[self.pk])

    def participation_in(self, generation: "Generation") -> "Participation | None":
        """Asks the database unless participations were prefetched."""
        known = getattr(self, "_prefetched_objects_cache", {}).get("participations")
        rows = _participations(partnership=self.pk, generation=generation.pk) if known is None else known
        found = next((one for one in rows if one.generation_id == generation.pk), None)
        if found is not None:
            found.partnership, found.generation = self, generation
        return found

    def payout_percent(self, working_days: int) -> Decimal:
        """The share of the ceiling (0 to 100) that this many working days earn; 0 below all steps."""
        return percent_for(((step.from_days, step.percent) for step in self.payout_steps.all()), working_days)

    @property
    def coordinating_organisation_or_none(self) -> "CoordinatingOrganisation | None":
        """The legal person behind the Partnership; None while it is not entered."""
        return getattr(self, "coordinating_organisation", None)


@compiled_once
def _participations(*, partnership: int, generation: int) -> "models.QuerySet[Participation]":
    """That of the Partnership in the generation. In no order: the usual one would join what is known already."""
    rows: models.QuerySet[Participation] = apps.get_model("profiles.Participation").objects.all()
    return rows.filter(partnership=partnership, generation=generation).order_by()


class CoordinatingOrganisation(PostalAddress, models.Model):
    """The legal person that signs and pays for a Partnership, which is none itself. Complete, or not entered."""

    partnership = models.OneToOneField(
        Partnership, on_delete=models.CASCADE, related_name="coordinating_organisation", verbose_name=_("Partnership")
    )
    legal_name = OneLineField(_("legal name"))
    registration_number = RegistrationNumberField(
        _("registration number"), max_length=60, help_text=_("Write “none” if there is none.")
    )
    street = OneLineField(_("street and number"), max_length=250)
    postal_code = OneLineField(_("postal code"), max_length=20)
    city = OneLineField(_("city"), max_length=100)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))

    class Meta:
        verbose_name = _("coordinating organisation")
        verbose_name_plural = _("coordinating organisations")
        ordering: ClassVar = ["partnership"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(legal_name="")
                & ~models.Q(registration_number="")
                & ~models.Q(street="")
                & ~models.Q(postal_code="")
                & ~models.Q(city=""),
                name="coordinating_organisation_complete",
                violation_error_message=_("Fill in all fields: the contracts of the Partnership print them."),
            )
        ]

    def __str__(self) -> str:
        return self.legal_name


class PayoutStep(models.Model):
    """One step of a Partnership's pay-out rule: from so many working days, this share of the ceiling."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="payout_steps")
    from_days = models.PositiveSmallIntegerField(_("from working days"), validators=[MinValueValidator(1)])
    percent = models.DecimalField(
        _("percent of the ceiling"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("pay-out step")
        verbose_name_plural = _("pay-out rule")
        ordering: ClassVar = ["from_days"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "from_days"],
                name="one_step_a_number_of_days",
                violation_error_message=_("The rule has a step from this number of working days already."),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100),
                name="percent_to_a_hundred",
                violation_error_message=_("A share lies between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_days}+: {self.percent} %"


class PartnershipMembership(models.Model):
    """A person's membership in a Partnership. A signatory may sign for it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partnership_memberships")
    role = models.CharField(_("role"), max_length=12, choices=PartnershipRole.choices)
    is_signatory = models.BooleanField(_("may sign"), default=False)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("Partnership member")
        verbose_name_plural = _("Partnership members")
        ordering: ClassVar = ["partnership", "user"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "user"],
                name="one_partnership_membership",
                violation_error_message=_("This person is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
