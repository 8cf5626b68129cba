"""The waiting list of an open visit, in order of asking. Rule: docs/open-visits.md."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.text import FreeTextField
from cxc.workflow import StatefulModel, StatefulQuerySet, state_constraint, state_field, transition
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.notify import Notify
from exchanges.enums import WaitingState
from exchanges.models.sides import HO, HOP, LABEL_OF_VISIT, LEAD, OBSERVER, PORTAL, SO, VO, VOP
from exchanges.models.visit import Visit
from exchanges.models.visit.eligibility import eligibility_annotations
from exchanges.requirements import waiting_list
from exchanges.rules import visit_eligibility
from profiles.models import Profile

WAITING, OFFERED, LEFT = WaitingState


class WaitingListEntryQuerySet(StatefulQuerySet["WaitingListEntry"]):
    """Entries of waiting lists, and what their lists need."""

    def waiting(self) -> Self:
        return self.filter(state=WAITING)

    def oldest_first(self) -> Self:
        """Who asked first stands first."""
        return self.order_by("asked_at", "pk")

    def ahead_of(self, entry: "WaitingListEntry") -> Self:
        """Those of the same visit that stand before this one."""
        return self.waiting().filter(visit=entry.visit_id).filter(_earlier(entry.asked_at, entry.pk))

    def with_display_relations(self) -> Self:
        return self.select_related(
            "visiting_profile__organisation__country",
            "visiting_profile__partnership",
            "visiting_profile__generation",
            "visit__lead",
            "visit__host_profile__organisation__country",
            "visit__host_profile__partnership",
        )

    def with_positions(self) -> Self:
        """Each with its `position` on the waiting list, from one."""
        ahead = self.model._base_manager.filter(visit=OuterRef("visit"), state=WAITING)
        ahead = ahead.filter(_earlier(OuterRef("asked_at"), OuterRef("pk"))).order_by()
        counted = ahead.values("visit").annotate(ahead=Count("pk")).values("ahead")
        return self.annotate(position=Coalesce(Subquery(counted, output_field=IntegerField()), 0) + Value(1))

    def with_eligibility(self) -> Self:
        """Each with what `visit_eligibility.problem` reads."""
        return self.annotate(
            **eligibility_annotations(
                lambda path: OuterRef(f"visiting_profile__{path}"), lambda path: OuterRef(f"visit__{path}")
            )
        )

    def eligible_now(self) -> list["WaitingListEntry"]:
        """Those who wait and whom a place can be offered to now, in order."""
        deadlines = Deadlines()
        rows = self.waiting().with_display_relations().with_eligibility().oldest_first()
        return [row for row in rows if not row.problem(deadlines)]


def _earlier(asked_at: Any, pk: Any) -> Q:
    return Q(asked_at__lt=asked_at) | Q(asked_at=asked_at, pk__lt=pk)


class WaitingListEntry(StatefulModel):
    """A visiting profile's place on the waiting list of a visit; in order of asking."""

    label_columns: ClassVar = {
        "visiting_profile": ("organisation", "partnership"),
        "visiting_profile__organisation": ("legal_name",),
        **LABEL_OF_VISIT,
    }
    side_paths: ClassVar = {
        VO: "visiting_profile__organisation_id",
        VOP: "visiting_profile__partnership_id",
        HO: "visit__host_profile__organisation_id",
        HOP: "visit__host_profile__partnership_id",
        LEAD: "visit__lead_id",
    }
    read_permissions: ClassVar = {
        "see": (VO, VOP, HO, HOP, LEAD, SO, OBSERVER),
        "place": (VO, VOP, SO, OBSERVER),  # whose place it is, and the offices
        "history": (VO, VOP, HO, HOP, SO),
    }
    locks_first: ClassVar = ("visit",)
    constraint_requirements: ClassVar = {"one_waiting_list_entry_a_profile": waiting_list.not_waiting_yet}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="waiting_list_entries")
    visiting_profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    state = state_field(WaitingState, WAITING)
    asked_at = models.DateTimeField(_("asked at"), default=clock.now, editable=False)
    message = FreeTextField(_("message"), blank=True, printed=False)

    # Counted by `with_positions` only.
    position: int

    objects: ClassVar = WaitingListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting list entry")
        verbose_name_plural = _("waiting list entries")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            state_constraint("waiting_state_exists", WaitingState),
            models.UniqueConstraint(
                fields=["visit", "visiting_profile"],
                condition=Q(state=WAITING),
                name="one_waiting_list_entry_a_profile",
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
        requires=(
            waiting_list.visit_takes_requests,
            waiting_list.visit_has_waiting_list,
            waiting_list.visitor_is_eligible,
            waiting_list.not_waiting_yet,
        ),
        # `services.open_visit_mails` tells those who are on no side of it.
        notify=(
            Notify(
                to=(HO, HOP),
                subject=_("Somebody waits for a place on the visit"),
                text=_("All places are taken at the moment. When one is free, it can be offered in order of asking."),
            ),
        ),
    )
    def join(self) -> None:
        self.asked_at = self.moment

    @transition(
        state,
        label=_("Offer the place"),
        source=WAITING,
        target=OFFERED,
        sides=(HOP, SO),
        requires=(waiting_list.visitor_is_eligible, waiting_list.place_left, waiting_list.next_in_line_or_reason),
        button=False,
    )
    def offer(self) -> dict[str, Any]:
        """The proposal for the visit follows, in the same transaction. Who is passed over keeps the place."""
        return {"passed_over": self.passed_over_names()}

    @transition(state, label=_("Leave the waiting list"), source=WAITING, target=LEFT, sides=(VO, VOP, SO))
    def leave(self) -> None: ...

    @transition(
        state,
        label=_("Take off, because the visit is deleted"),
        source=(WAITING, OFFERED, LEFT),
        deletes=True,
        sides=(PORTAL,),
    )
    def delete_with_visit(self) -> None: ...

    def problem(self, deadlines: Deadlines) -> str:
        """Why no place can be offered to it now; '' when one can. For rows that came `with_eligibility`."""
        return visit_eligibility.problem(self.visiting_profile, self.visit, self, deadlines)

    def lasting_problem(self, deadlines: Deadlines) -> str:
        """The same without what time alone brings about."""
        return visit_eligibility.lasting_problem(self.visiting_profile, self.visit, self, deadlines)

    def possible_until(self) -> datetime:
        """The moment (UTC) from which time keeps the visitor from coming."""
        return visit_eligibility.possible_until(self.visiting_profile, self.visit, self)

    def passed_over_names(self) -> list[str]:
        """Who stands before this one and could come, by name."""
        ahead = type(self).objects.ahead_of(self).eligible_now()
        return [str(one.visiting_profile.organisation) for one in ahead]
