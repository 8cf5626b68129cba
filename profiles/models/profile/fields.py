"""The fields of a profile, with the constraints that the database holds."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.folding import words_index
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.core.sanitise import LONG
from cxc.workflow import Edited, StatefulModel, state_constraint, state_field
from cxc.workflow.returned import Returned
from profiles.enums import ProfileKind, ProfileState
from profiles.models.organisations import Organisation
from profiles.models.partnerships import Partnership
from profiles.models.profile.querysets import ProfileQuerySet
from profiles.models.reference_data import Country, ExchangeType, Sector, Topic
from profiles.models.scheme import Generation, Participation

HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO


class ProfileFields(StatefulModel, Edited, Returned):
    """The row of a profile.

    Dates are local to the organisation; `working_days` are those wished for (visiting) or
    offered (host); `places` are visitors at a time (host).
    """

    label_columns: ClassVar = {
        # With the address: the link to a draft leads to what is missing.
        "organisation": ("legal_name", "country", "street", "postal_code", "city", "registration_number"),
        "organisation__country": ("time_zone",),
        "partnership": ("acronym", "seat"),
        "partnership__seat": ("time_zone",),
        "generation": ("name",),
    }
    side_paths: ClassVar = {HOLDER: "organisation_id", PARTNERSHIP: "partnership_id"}
    read_permissions: ClassVar = {
        "see": (HOLDER, PARTNERSHIP, SO, Side.OBSERVER),
        "history": (Side.HOLDER, Side.PARTNERSHIP, Side.SO),
        # The other side, once matched, reads the file by `matching.views.brochures`.
        "file": (HOLDER, PARTNERSHIP, SO),
    }

    kind = models.CharField(_("kind"), max_length=10, choices=ProfileKind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="profiles")
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Partnership")
    )
    partnership_why = models.CharField(_("why this Partnership"), max_length=300, blank=True)
    state = state_field(ProfileState, ProfileState.DRAFT)

    title = OneLineField(_("title"), max_length=150, blank=True)
    physical = models.BooleanField(_("physical"), default=True)
    virtual = models.BooleanField(_("virtual"), default=False)
    types = models.ManyToManyField(ExchangeType, blank=True, related_name="+", verbose_name=_("types of exchange"))
    own_sectors = models.ManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("own sectors"))
    wanted_sectors = models.ManyToManyField(Sector, blank=True, related_name="+", verbose_name=_("wanted sectors"))
    cross_sector = models.BooleanField(_("other sectors are welcome"), default=True)
    offers = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("offers"))
    seeks = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("seeks"))
    wanted_countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries wanted"))
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True)
    available_from = models.DateField(_("first possible day"), null=True, blank=True)
    available_to = models.DateField(_("last possible day"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(
        _("working days"), default=3, null=True, blank=True, validators=[MinValueValidator(1)]
    )
    places = models.PositiveSmallIntegerField(
        _("places (visitors at a time)"), default=10, validators=[MinValueValidator(1)]
    )
    motivation = FreeTextField(_("motivation"), blank=True, max_length=LONG, printed=False)
    description = FreeTextField(_("description"), blank=True, max_length=LONG, printed=False)
    brochure = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("CV or brochure"),
    )
    eligibility_declared = models.BooleanField(_("the holder declares eligibility"), default=False)
    eligibility_confirmed_at = models.DateTimeField(_("eligibility confirmed at"), null=True, blank=True)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    touched_at = models.DateTimeField(_("last touched"), default=clock.now, editable=False)
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = ProfileQuerySet.as_manager()

    # Which fields an edit may carry; organisation, kind, Partnership and generation are fixed.
    EDITABLE: ClassVar = frozenset(
        {
            "title",
            "physical",
            "virtual",
            "cross_sector",
            "languages",
            "available_from",
            "available_to",
            "working_days",
            "places",
            "motivation",
            "description",
            "brochure",
            "eligibility_declared",
        }
    )
    EDITABLE_LINKS: ClassVar = frozenset(
        {"types", "own_sectors", "wanted_sectors", "offers", "seeks", "wanted_countries"}
    )

    class Meta:
        abstract = True
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "generation"], name="profile_listed"),
            models.Index(fields=["partnership", "state"], name="profile_of_partnership"),
            models.Index(fields=["id"], condition=~Q(state=ProfileState.ARCHIVED), name="profile_not_archived"),
            models.Index(fields=["touched_at", "id"], name="profile_in_order"),
            models.Index(fields=["partnership", "touched_at", "id"], name="profile_latest_of_partner"),
            words_index("title", name="profile_title_words"),
        ]
        constraints: ClassVar = [
            state_constraint("profile_state_exists", ProfileState),
            models.CheckConstraint(condition=Q(kind__in=ProfileKind.values), name="profile_kind_exists"),
            models.CheckConstraint(condition=Q(places__gte=1), name="profile_has_a_place"),
            models.CheckConstraint(
                condition=~Q(state__in=[ProfileState.SUBMITTED, ProfileState.PUBLISHED])
                | (
                    Q(partnership__isnull=False, available_to__gte=F("available_from"))
                    & (Q(physical=True) | Q(virtual=True))
                ),
                name="profile_complete_when_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_kind_display()})"

    def get_absolute_url(self) -> str:
        return reverse("profile", args=[self.pk])

    @property
    def is_visiting(self) -> bool:
        return self.kind == ProfileKind.VISITING

    @property
    def is_over(self) -> bool:
        """Whether its last possible day has passed, in UTC, which no participating country is behind."""
        return self.available_to is not None and self.available_to < clock.today()

    @property
    def participation(self) -> Participation | None:
        """Its Partnership's participation in its generation; asks the database unless they were prefetched."""
        if self.partnership is None:
            return None
        return self.partnership.participation_in(self.generation)
