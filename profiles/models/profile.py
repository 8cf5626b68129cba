"""A profile: one intention to visit or to host."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.access import Side
from cxc.ground.moves import May, Moving, MovingQuerySet, Stale, move, state_constraint, state_field
from profiles import requirements as r
from profiles.enums import ProfileKind, ProfileState
from profiles.models.data import Country, ExchangeType, Sector, Topic
from profiles.models.organisations import Organisation
from profiles.models.partnerships import Partnership
from profiles.models.scheme import Generation, Participation

HOLDER, PARTNERSHIP, SO, PORTAL = Side.HOLDER, Side.PARTNERSHIP, Side.SO, Side.PORTAL
DRAFT, SUBMITTED, PUBLISHED, REFUSED, ARCHIVED = ProfileState


class ProfileQuerySet(MovingQuerySet["Profile"]):
    """Profiles, and which of them one may browse."""

    def published(self) -> "ProfileQuerySet":
        return self.filter(state=PUBLISHED)

    def with_faces(self) -> "ProfileQuerySet":
        """With what a row of a list shows, in a constant number of queries."""
        return self.select_related(
            "organisation__country", "organisation__sector", "organisation__cluster", "partnership", "generation"
        )


class Profile(Moving):
    """One organisation's intention to visit or to host, under one Partnership, in one generation.

    Dates are local to the organisation; `working_days` are those wished for (visiting) or
    offered (host); `places` are visitors at a time (host).
    """

    parties: ClassVar = {Side.HOLDER: "organisation_id", Side.PARTNERSHIP: "partnership_id"}
    seen_by: ClassVar = {"see": (HOLDER, PARTNERSHIP, SO, Side.OBSERVER), "history": (HOLDER, PARTNERSHIP, SO)}

    kind = models.CharField(_("kind"), max_length=10, choices=ProfileKind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="profiles")
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Partnership")
    )
    partnership_why = models.CharField(_("why this Partnership"), max_length=300, blank=True)
    state = state_field(ProfileState, DRAFT)

    title = models.CharField(_("title"), max_length=150, blank=True)
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
    motivation = models.TextField(_("motivation"), blank=True)
    description = models.TextField(_("description"), blank=True)
    brochure = models.ForeignKey(
        "ground.StoredFile",
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
    row_version = models.PositiveIntegerField(default=1, editable=False)

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
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "generation"], name="profile_listed"),
            models.Index(fields=["partnership", "state"], name="profile_of_partnership"),
        ]
        constraints: ClassVar = [
            state_constraint("profile_state_exists", ProfileState),
            models.CheckConstraint(condition=Q(kind__in=ProfileKind.values), name="profile_kind_exists"),
            models.CheckConstraint(condition=Q(places__gte=1), name="profile_has_a_place"),
            models.CheckConstraint(
                condition=~Q(state__in=[SUBMITTED, PUBLISHED])
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
    def participation(self) -> Participation | None:
        """Its Partnership's participation in its generation."""
        if self.partnership_id is None:
            return None
        return (
            Participation.objects.select_related("partnership", "generation")
            .filter(partnership_id=self.partnership_id, generation_id=self.generation_id)
            .first()
        )

    def may_be_in(self, day: date) -> bool:
        """Whether a local date lies in the period."""
        return bool(self.available_from and self.available_to and self.available_from <= day <= self.available_to)

    # --- moves -----------------------------------------------------------------------------

    @move(
        state,
        label=_("Create"),
        source=DRAFT,
        birth=True,
        who=(HOLDER, PARTNERSHIP, SO),
        requires=(r.participation_open,),
    )
    def create(self) -> None:
        self.touched_at = self.created_at = self.moment

    @move(state, label=_("Edit"), source=DRAFT, who=(HOLDER, PARTNERSHIP, SO), quiet=True, button=False)
    def edit(
        self,
        *,
        version_read: int,
        fields: Mapping[str, Any],
        links: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        self._take(version_read, fields, links or {})

    @move(
        state,
        label=_("Choose the Partnership"),
        source=DRAFT,
        who=(HOLDER, PARTNERSHIP, SO),
        quiet=True,
        button=False,
    )
    def choose_partnership(self, *, partnership: Partnership | None, why: str = "") -> None:
        self.partnership = partnership
        self.partnership_why = why
        self._touch()

    @move(
        state,
        label=_("Submit"),
        source=DRAFT,
        target=SUBMITTED,
        who=(HOLDER, PARTNERSHIP, SO),
        requires=(
            r.complete,
            r.period_in_order,
            r.declared,
            r.eligible,
            r.partnership_takes_part,
            r.participation_open,
        ),
    )
    def submit(self) -> None:
        self.submitted_at = self.moment
        self.first_submitted_at = self.first_submitted_at or self.submitted_at

    @move(
        state,
        label=_("Publish"),
        source=SUBMITTED,
        target=PUBLISHED,
        who=(PARTNERSHIP, SO),
        requires=(r.not_own_organisation, r.eligible, r.participation_open),
    )
    def publish(self) -> None:
        self.published_at = self.eligibility_confirmed_at = self.moment

    @move(
        state,
        label=_("Send back"),
        source=SUBMITTED,
        target=DRAFT,
        who=(PARTNERSHIP, SO),
        reason=True,
    )
    def send_back(self) -> None:
        self._touch()

    @move(state, label=_("Refuse"), source=SUBMITTED, target=REFUSED, who=(PARTNERSHIP, SO), reason=True)
    def refuse(self) -> None: ...

    @move(state, label=_("Take back"), source=SUBMITTED, target=DRAFT, who=(HOLDER,))
    def take_back(self) -> None:
        self._touch()

    @move(
        state,
        label=_("Submit again"),
        source=REFUSED,
        target=SUBMITTED,
        who=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        requires=(r.eligible, r.participation_open),
    )
    def submit_again(self) -> None:
        self.submitted_at = self.moment

    @move(
        state,
        label=_("Edit what is published"),
        source=PUBLISHED,
        who=(HOLDER, PARTNERSHIP, SO),
        keeps=(r.complete, r.period_in_order, r.declared),
        awaits=("places_cover_held",),
        button=False,
    )
    def edit_published(
        self,
        *,
        version_read: int,
        fields: Mapping[str, Any],
        links: Mapping[str, Sequence[Any]] | None = None,
    ) -> dict[str, Any]:
        self._take(version_read, fields, links or {})
        return {"changed": sorted([*fields, *(links or {})])}

    @move(
        state,
        label=_("Change kind, country or cluster"),
        source=(DRAFT, SUBMITTED, PUBLISHED, REFUSED),
        who=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        keeps=(r.eligible_when_shown,),
        awaits=("nothing_under_way",),
        button=False,
    )
    def change_identity(self, *, changes: Mapping[str, str]) -> dict[str, Any]:
        """The organisation's kind, country or cluster changes: eligibility is confirmed anew."""
        self.eligibility_confirmed_at = None
        return {"changes": dict(changes)}

    @move(
        state,
        label=_("Confirm eligibility"),
        source=PUBLISHED,
        who=(PARTNERSHIP, SO),
        requires=(r.not_own_organisation, r.eligible),
    )
    def confirm_eligibility(self) -> None:
        self.eligibility_confirmed_at = self.moment

    @move(
        state,
        label=_("Unpublish"),
        source=PUBLISHED,
        target=DRAFT,
        who=(HOLDER, PARTNERSHIP, SO),
        reason=True,
        awaits=("nothing_under_way_but_for_so",),
    )
    def unpublish(self) -> None:
        self.eligibility_confirmed_at = None
        self._touch()

    @move(
        state,
        label=_("Archive"),
        source=DRAFT,
        target=ARCHIVED,
        who=(HOLDER, PARTNERSHIP, SO, May(PORTAL, r.stale)),
        awaits=("no_confirmed_match_by_itself",),
    )
    def archive_draft(self) -> None:
        self.archived_at = self.moment

    @move(
        state,
        label=_("Archive"),
        source=PUBLISHED,
        target=ARCHIVED,
        who=(HOLDER, PARTNERSHIP, SO),
        awaits=("nothing_under_way",),
    )
    def archive(self) -> None:
        self.archived_at = self.moment

    @move(
        state,
        label=_("Archive after the participation's last day"),
        source=(SUBMITTED, REFUSED, PUBLISHED),
        target=ARCHIVED,
        who=(May(PORTAL, r.participation_over),),
        awaits=("nothing_under_way",),
    )
    def archive_at_the_end(self) -> None:
        self.archived_at = self.moment

    @move(
        state,
        label=_("Bring back"),
        source=ARCHIVED,
        target=DRAFT,
        who=(HOLDER, PARTNERSHIP, SO),
        requires=(r.participation_open,),
    )
    def restore(self) -> None:
        self.archived_at = None
        self.eligibility_confirmed_at = None
        self._touch()

    @move(
        state,
        label=_("Delete for good"),
        source=ARCHIVED,
        death=True,
        who=(HOLDER, SO, May(PORTAL, r.archived_long_enough)),
        requires=(r.never_submitted,),
    )
    def delete_for_good(self) -> None: ...

    @move(
        state,
        label=_("Move to another Partnership"),
        source=(DRAFT, SUBMITTED, PUBLISHED, REFUSED),
        who=(SO,),
        reason=True,
        keeps=(r.partnership_takes_part,),
        awaits=("no_exchange_that_counts",),
        button=False,
    )
    def reassign(self, *, partnership: Partnership) -> dict[str, Any]:
        before = self.partnership
        self.partnership = partnership
        self.partnership_why = _now("Moved here by the Support Office.")
        return {"from": str(before or ""), "to": str(partnership)}

    # --- what the moves share ----------------------------------------------------------------

    def _touch(self) -> None:
        self.touched_at = self.moment

    def _take(self, version_read: int, fields: Mapping[str, Any], links: Mapping[str, Sequence[Any]]) -> None:
        """Take over an edit; Stale when somebody saved since `version_read`."""
        if version_read != self.row_version:
            raise Stale(self)
        unknown = (set(fields) - self.EDITABLE) | (set(links) - self.EDITABLE_LINKS)
        if unknown:
            raise TypeError(f"Not to be edited here: {sorted(unknown)}")
        for name, value in fields.items():
            setattr(self, name, value)
        for name, values in links.items():
            getattr(self, name).set(values)
        self.row_version += 1
        self._touch()
