"""What is kept of a visit: its columns, and what the database holds of them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Optional

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.calendar import midnight
from cxc.core.folding import words_index
from cxc.core.models.text import FreeTextField, OneLineField
from cxc.workflow import StatefulModel, state_constraint, state_field
from exchanges.enums import CONFIRMED_STATES, VisitState
from exchanges.models.sides import HO, HOP, LEAD, OBSERVER, SO, VISIT_LABEL, VISIT_LISTED, VISIT_PARTIES, VO, VOP
from exchanges.models.visit.querysets import VisitQuerySet
from profiles.enums import Modality
from profiles.models import Country, Partnership, Profile

if TYPE_CHECKING:
    from exchanges.models.documents import SharedPart

PLANNED, OPEN = VisitState


class VisitFields(StatefulModel):
    """The row of a visit: dates (local to `time_zone`), agenda, places, lead.

    `places` empty means the host profile's. Grouped: two or more confirmed exchanges on it.
    While it is open to visitors it has an outline and a last day to ask (`last_day_to_ask`, local).
    """

    label_columns: ClassVar = VISIT_LABEL
    side_paths: ClassVar = VISIT_PARTIES
    list_paths: ClassVar = VISIT_LISTED
    read_permissions: ClassVar = {
        "see": (VO, HO, VOP, HOP, LEAD, SO, OBSERVER),
        "history": (HO, HOP, LEAD, SO),
        "documents": (VO, HO, VOP, HOP, LEAD, SO),
        "join_requests": (HO, HOP, LEAD, SO, OBSERVER),
    }
    locks_first: ClassVar = ("host_profile",)

    DATES_AND_PLACES: ClassVar = ("title", "city", "first_day", "last_day", "time_zone", "places")

    host_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices)
    lead = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead"))
    state = state_field(VisitState, PLANNED)
    title = OneLineField(_("title"), max_length=150, blank=True)
    city = OneLineField(_("city"), max_length=100, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=40)
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: as the host says.")
    )
    outline = FreeTextField(_("outline"), blank=True)
    last_day_to_ask = models.DateField(_("last day to ask"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("keeps a waiting list"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    if TYPE_CHECKING:  # related managers, which Django gives to the model that is made of this
        exchanges: Any
        day_marks: Any
        moves: Any

    # Counted by `with_places` only.
    places_taken: int
    host_places_taken_elsewhere: int
    # Counted by `with_stage` only.
    waiting_count: int
    # Counted by `with_places_held_until` only.
    places_held_until: list[date | None]

    objects: ClassVar = VisitQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering: ClassVar = ["-first_day", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["first_day", "id"], name="visit_in_order"),
            models.Index(fields=["first_day", "id"], condition=Q(state=OPEN), name="open_visit_in_order"),
            words_index("title", name="visit_title_words"),
            words_index("city", name="visit_city_words"),
        ]
        constraints: ClassVar = [
            state_constraint("visit_state_exists", VisitState),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="visit_dates_in_order"),
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gte=1), name="visit_has_a_place"),
            models.CheckConstraint(
                condition=~Q(state=OPEN)
                | (~Q(outline="") & Q(last_day_to_ask__isnull=False, last_day_to_ask__lt=F("first_day"))),
                name="open_visit_says_what_and_until_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.host_profile.organisation}, {date_format(self.first_day)}"

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.pk])

    @property
    def host_country(self) -> Country:
        return self.host_profile.organisation.country

    @property
    def effective_places(self) -> int:
        """The visit may state a smaller number than its host profile, never a larger one."""
        held = self.host_profile.places
        return held if self.places is None else min(self.places, held)

    def confirmed_exchanges_count(self) -> int:
        """Exchanges in preparation, ready, ongoing or closed."""
        return self.exchanges.filter(state__in=CONFIRMED_STATES).count()

    @property
    def is_grouped(self) -> bool:
        return self.confirmed_exchanges_count() >= 2

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

    def has_begun(self, now: datetime) -> bool:
        """Whether its first day has begun at its place."""
        return now >= self.midnight_of(self.first_day)

    def marked_days(self) -> tuple[set[date], set[date]]:
        """Days marked worked, and days marked not worked."""
        marks = list(self.day_marks.all())
        return {m.day for m in marks if m.is_worked}, {m.day for m in marks if not m.is_worked}
