"""Organisations and the register of clusters."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Scoped, Side
from cxc.core.folding import Folded, folded, words_index
from cxc.core.models.text import FreeTextField, OneLineField, WebAddressField
from cxc.workflow import Edited
from profiles.enums import SUBMITTED_OR_PUBLISHED, OrganisationKind, OrganisationRole
from profiles.models.reference_data import Country, Sector
from profiles.postal import PostalAddress, RegistrationNumberField, missing_address_fields


class ClusterRegister(models.Manager["ClusterOrganisation"]):
    """Finds entries by name and country, as `one_entry_a_cluster` compares them."""

    def named(self, name: str, country_id: str) -> "ClusterOrganisation | None":
        """The entry of this name, however it is written, in the register or no longer in it."""
        return self.filter(name__folded=folded(name), country_id=country_id).first()


class ClusterOrganisation(models.Model):
    """A cluster profiled on the European Cluster Collaboration Platform; imported from CSV."""

    name = OneLineField(_("name"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))
    city = OneLineField(_("city"), max_length=100, blank=True)
    website = WebAddressField(_("website"), blank=True)
    is_registered = models.BooleanField(_("in the register"), default=True)

    objects: ClassVar = ClusterRegister()

    class Meta:
        verbose_name = _("cluster organisation")
        verbose_name_plural = _("cluster register")
        ordering: ClassVar = ["name__folded"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Folded("name"),
                "country",
                name="one_entry_a_cluster",
                violation_error_message=_("The register has a cluster of this name in this country already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country_id})"


class Organisation(PostalAddress, Scoped, Edited):
    """The account: a body that visits, hosts, or both, through its members."""

    # A Partnership knows the organisations whose profiles it looks after.
    side_paths: ClassVar = {Side.HOLDER: "id", Side.PARTNERSHIP: "profiles__partnership_id"}
    read_permissions: ClassVar = {
        "see": (Side.HOLDER, Side.PARTNERSHIP, Side.SO, Side.OBSERVER),
        "edit": (Side.HOLDER, Side.SO),
        "identity": (Side.HOLDER, Side.PARTNERSHIP, Side.SO),
        "members": (Side.HOLDER, Side.PARTNERSHIP, Side.SO),
    }

    legal_name = OneLineField(_("legal name"))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))
    street = OneLineField(_("street and number"), max_length=250, blank=True)
    postal_code = OneLineField(_("postal code"), max_length=20, blank=True)
    city = OneLineField(_("city"), max_length=100)
    website = WebAddressField(_("website"), blank=True)
    registration_number = RegistrationNumberField(_("registration number"), max_length=60, blank=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    staff_count = models.PositiveIntegerField(_("number of staff"), null=True, blank=True)
    cluster = models.ForeignKey(
        ClusterOrganisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cluster"),
        help_text=_("The registered cluster that it is, or belongs to."),
    )
    mission = FreeTextField(_("mission"), blank=True, printed=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="profiles.Membership", related_name="+")
    signs_jointly = models.BooleanField(_("two signatories sign jointly"), default=False)
    named_in_public = models.BooleanField(
        _("name us on the public map of hosts"),
        default=False,
        help_text=_(
            "While a host profile of yours is published, everybody then sees your name, kind, country, sectors, topics"
            " and period there, and whether you host in person or online. If you do not agree, you are counted without"
            " your name. You can change your mind at any time."
        ),
    )
    # Who agreed to it, and when; both go when it is taken back.
    public_name_agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    public_name_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["legal_name__folded"]
        indexes: ClassVar = [
            models.Index(Folded("legal_name"), name="organisation_by_name"),
            words_index("legal_name", name="organisation_name_words"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values),
                name="organisation_kind_exists",
                violation_error_message=_("Choose one of the kinds of organisation."),
            ),
            models.CheckConstraint(
                condition=models.Q(named_in_public=True, public_name_agreed_at__isnull=False)
                | models.Q(
                    named_in_public=False, public_name_agreed_at__isnull=True, public_name_agreed_by__isnull=True
                ),
                name="public_name_is_agreed_to",
                violation_error_message=_(
                    "Agree to the public name on the page of the organisation, which keeps who agreed."
                ),
            ),
            models.UniqueConstraint(
                "country",
                Folded("legal_name"),
                Folded("city"),
                Folded("registration_number"),
                name="one_organisation_a_name",
                violation_error_message=_("This organisation is registered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])

    def record_public_name_consent(self, by: Any) -> tuple[str, ...]:
        """Record who agreed to `named_in_public` and when (UTC), or that nobody does; the names of the columns."""
        if not self.named_in_public:
            self.public_name_agreed_at = self.public_name_agreed_by = None
        elif self.public_name_agreed_at is None:
            self.public_name_agreed_at, self.public_name_agreed_by = clock.now(), by
        return ("public_name_agreed_at", "public_name_agreed_by")

    def clean(self) -> None:
        """Refuses to empty the address while a profile is shown: contracts print it."""
        super().clean()
        if problem := self.address_problem():
            raise ValidationError(problem)

    def address_problem(self) -> str:
        """Why the address can't be saved as it is here; '' when it can. A profile that was submitted required it."""
        missing = missing_address_fields(self)
        if not missing or not self.pk or not self.profiles.filter(state__in=SUBMITTED_OR_PUBLISHED).exists():
            return ""
        before = missing_address_fields(Organisation.objects.get(pk=self.pk))
        emptied = [label for name, label in missing.items() if name not in before]
        if not emptied:
            return ""
        return gettext(
            "Enter %(what)s. A profile of this organisation is submitted or published, and contracts need this."
        ) % {"what": ", ".join(emptied)}


class Membership(models.Model):
    """A person's membership in an organisation. A signatory may sign for it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=OrganisationRole.choices)
    is_signatory = models.BooleanField(_("may sign"), default=False)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering: ClassVar = ["organisation", "user"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="one_membership",
                violation_error_message=_("This person is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class EligibilityException(models.Model):
    """An exception: this SME without a cluster may host in this generation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="exceptions")
    generation = models.ForeignKey("profiles.Generation", on_delete=models.PROTECT, related_name="+")
    approved_by = OneLineField(_("approved by"))
    approved_on = models.DateField(_("approved on"))
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("eligibility exception")
        verbose_name_plural = _("eligibility exceptions")
        ordering: ClassVar = ["-approved_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "generation"], name="one_exception_a_generation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.approved_by}"
