"""A visit: what happens at one host profile."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Optional

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.calendar import midnight
from cxc.ground.moves import Moving, move, state_constraint, state_field, take_fields
from exchanges.enums import COUNTING_STATES, VisitState
from exchanges.models.sides import HO, HOP, LEAD, OBSERVER, SO, VISIT_PARTIES, VO, VOP
from exchanges.requirements import papers, visits
from profiles.enums import Modality
from profiles.models import Country, Partnership, Profile

if TYPE_CHECKING:
    from exchanges.models.papers import SharedPart

PLANNED = VisitState.PLANNED


class Visit(Moving):
    """What happens at one host profile: dates (local to `time_zone`), agenda, places, lead.

    `places` empty means the host profile's. Grouped: two or more confirmed exchanges on it.
    """

    parties: ClassVar = VISIT_PARTIES
    seen_by: ClassVar = {
        "see": (VO, HO, VOP, HOP, LEAD, SO, OBSERVER),
        "history": (HO, HOP, LEAD, SO),
    }
    locks_first: ClassVar = ("host_profile",)

    FRAME: ClassVar = ("title", "city", "first_day", "last_day", "time_zone", "places")

    host_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices)
    lead = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead"))
    state = state_field(VisitState, PLANNED)
    title = models.CharField(_("title"), max_length=150, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=40)
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: as the host says.")
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering: ClassVar = ["-first_day", "-id"]
        constraints: ClassVar = [
            state_constraint("visit_state_exists", VisitState),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="visit_dates_in_order"),
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gte=1), name="visit_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.host_profile.organisation}, {date_format(self.first_day, 'j M Y')}"

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.pk])

    @property
    def host_country(self) -> Country:
        return self.host_profile.organisation.country

    @property
    def places_in_force(self) -> int:
        """The visit may state a smaller number than its host profile, never a larger one."""
        held = self.host_profile.places
        return held if self.places is None else min(self.places, held)

    def counting_exchanges(self) -> int:
        """Exchanges in preparation, ready, ongoing or closed."""
        return self.exchanges.filter(state__in=COUNTING_STATES).count()

    @property
    def is_grouped(self) -> bool:
        return self.counting_exchanges() >= 2

    @property
    def shared_part_or_none(self) -> Optional["SharedPart"]:
        return getattr(self, "shared_part", None)

    def midnight_of(self, day: date) -> datetime:
        """The moment, in UTC, at which this local day begins at the place of the visit."""
        return midnight(day, self.time_zone)

    def partnership_ids(self) -> set[int]:
        """The host's Partnership and those of the visitors."""
        visitors = self.exchanges.values_list("match__visiting_profile__partnership_id", flat=True)
        return {pk for pk in (self.host_profile.partnership_id, *visitors) if pk is not None}

    def marked_days(self) -> tuple[set[date], set[date]]:
        """Days marked worked, and days marked not worked."""
        marks = list(self.day_marks.all())
        return {m.day for m in marks if m.is_worked}, {m.day for m in marks if not m.is_worked}

    # --- moves -----------------------------------------------------------------------------

    @move(
        state,
        label=_("Create the visit"),
        source=PLANNED,
        birth=True,
        who=(HO, LEAD, HOP, SO),
        requires=(
            visits.dates_in_order,
            visits.zone_exists,
            visits.host_published,
            visits.has_match_there,
            visits.lead_begins,
        ),
    )
    def create(self) -> None:
        """The lead is the Partnership that creates it; the host's when the host does."""
        self.created_at = self.moment

    @move(
        state,
        label=_("Change dates, time zone or places"),
        source=PLANNED,
        who=(LEAD, SO),
        requires=(papers.visit_unlocked,),
        keeps=(visits.dates_in_order, visits.zone_exists, visits.exchanges_fit),
        button=False,
    )
    def edit_frame(self, *, fields: dict[str, Any]) -> dict[str, Any]:
        changed = take_fields(self, fields, allowed=self.FRAME)
        return {"changed": {name: str(fields[name]) for name in changed}}

    @move(
        state,
        label=_("Hand over the lead"),
        source=PLANNED,
        who=(LEAD, SO),
        requires=(visits.new_lead_takes_part,),
        button=False,
    )
    def hand_over(self, *, partnership: Partnership) -> dict[str, str]:
        before = self.lead
        self.lead = partnership
        return {"from": str(before), "to": str(partnership)}

    @move(
        state,
        label=_("Delete the visit"),
        source=PLANNED,
        death=True,
        who=(LEAD, SO),
        requires=(visits.has_no_exchange,),
    )
    def delete_visit(self) -> None: ...
