"""Who would like to come to an open visit: proposals made for it, and its waiting list. Rule: open visits."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.models.text import FreeTextField
from cxc.todo.duties import Frame
from cxc.workflow import StatefulModel, StatefulQuerySet, state_constraint, state_field, transition
from exchanges import chances
from exchanges.enums import WaitingState
from exchanges.models.sides import HO, HOP, LEAD, OBSERVER, PORTAL, SO, VO, VOP
from exchanges.models.visit import Visit
from exchanges.requirements import joining as r
from matching.models import Match
from profiles.models import Profile

WAITING, OFFERED, LEFT = WaitingState


class WaitingPlaceQuerySet(StatefulQuerySet["WaitingPlace"]):
    """Places on waiting lists, and what their lists need."""

    def waiting(self) -> Self:
        return self.filter(state=WAITING)

    def in_order(self) -> Self:
        """Who asked first stands first."""
        return self.order_by("asked_at", "pk")

    def before(self, place: "WaitingPlace") -> Self:
        """Those of the same visit that stand before this one."""
        return self.waiting().filter(visit=place.visit_id).filter(_earlier(place.asked_at, place.pk))

    def with_display_relations(self) -> Self:
        return self.select_related(
            "visiting_profile__organisation__country",
            "visiting_profile__partnership",
            "visiting_profile__generation",
            "visit__lead",
            "visit__host_profile__organisation__country",
            "visit__host_profile__partnership",
        )

    def with_numbers(self) -> Self:
        """Each with its `number` in the line, from one."""
        ahead = self.model._base_manager.filter(visit=OuterRef("visit"), state=WAITING)
        ahead = ahead.filter(_earlier(OuterRef("asked_at"), OuterRef("pk"))).order_by()
        counted = ahead.values("visit").annotate(ahead=Count("pk")).values("ahead")
        return self.annotate(number=Coalesce(Subquery(counted, output_field=IntegerField()), 0) + Value(1))

    def with_chances(self) -> Self:
        """Each with what `chances.why_not` reads."""
        return self.annotate(
            **chances.facts(lambda path: OuterRef(f"visiting_profile__{path}"), lambda path: OuterRef(f"visit__{path}"))
        )

    def who_could_come(self) -> list["WaitingPlace"]:
        """Those who wait and whom a place can be offered to now, in order."""
        frame = Frame()
        rows = self.waiting().with_display_relations().with_chances().in_order()
        return [row for row in rows if not row.why_not(frame)]


def _earlier(asked_at: Any, pk: Any) -> Q:
    return Q(asked_at__lt=asked_at) | Q(asked_at=asked_at, pk__lt=pk)


class WaitingPlace(StatefulModel):
    """A visiting profile's place on the waiting list of a visit; in order of asking."""

    side_paths: ClassVar = {
        VO: "visiting_profile__organisation_id",
        VOP: "visiting_profile__partnership_id",
        HO: "visit__host_profile__organisation_id",
        HOP: "visit__host_profile__partnership_id",
        LEAD: "visit__lead_id",
    }
    read_permissions: ClassVar = {
        "see": (VO, VOP, HO, HOP, LEAD, SO, OBSERVER),
        "history": (VO, VOP, HO, HOP, SO),
    }
    locks_first: ClassVar = ("visit",)
    constraint_requirements: ClassVar = {"one_waiting_place_a_profile": r.not_waiting_yet}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="waiting")
    visiting_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    state = state_field(WaitingState, WAITING)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)
    message = FreeTextField(_("message"), blank=True, printed=False)

    # Counted by `with_numbers` only.
    number: int

    objects: ClassVar = WaitingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("places on waiting lists")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            state_constraint("waiting_state_exists", WaitingState),
            models.UniqueConstraint(
                fields=["visit", "visiting_profile"], condition=Q(state=WAITING), name="one_waiting_place_a_profile"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["visit", "state", "asked_at"], name="waiting_in_order")]

    def __str__(self) -> str:
        return f"{self.visiting_profile.organisation}: {self.visit}"

    def get_absolute_url(self) -> str:
        return reverse("open_visit", args=[self.visit_id])

    @transition(
        state,
        label=_("Wait for a place"),
        source=WAITING,
        creates=True,
        sides=(VO, VOP, SO),
        requires=(r.visit_asks, r.list_is_kept, r.could_come, r.not_waiting_yet),
    )
    def join(self) -> None:
        self.asked_at = self.moment

    @transition(
        state,
        label=_("Offer the place"),
        source=WAITING,
        target=OFFERED,
        sides=(HOP, SO),
        requires=(r.could_come, r.place_left, r.next_or_reason),
        button=False,
    )
    def offer(self) -> dict[str, Any]:
        """The proposal for the visit follows, in the same transaction. Who is passed over keeps the place."""
        return {"passed_over": self.passed_over()}

    @transition(state, label=_("Leave the waiting list"), source=WAITING, target=LEFT, sides=(VO, VOP, SO))
    def leave(self) -> None: ...

    @transition(
        state,
        label=_("Take off, because the visit is deleted"),
        source=(WAITING, OFFERED, LEFT),
        deletes=True,
        sides=(PORTAL,),
    )
    def go_with_the_visit(self) -> None: ...

    def why_not(self, frame: Frame) -> str:
        """Why no place can be offered to it now; '' when one can. For rows that came `with_chances`."""
        return chances.why_not(self.visiting_profile, self.visit, self, frame)

    def passed_over(self) -> list[str]:
        """Who stands before this one and could come, by name."""
        ahead = type(self).objects.before(self).who_could_come()
        return [str(one.visiting_profile.organisation) for one in ahead]


class VisitProposal(models.Model):
    """A match is for this visit: asked for by the visitor, or offered from the waiting list.

    The row goes with the visit, the match stays. An exchange begun on another visit of the host takes
    the row along.
    """

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="proposals")
    came_from = models.ForeignKey(
        WaitingPlace, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("proposal for a visit")
        verbose_name_plural = _("proposals for visits")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.match}: {self.visit}"
