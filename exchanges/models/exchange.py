"""An exchange: one visiting organisation on one visit."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Optional

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.moves import May, Moving, MovingQuerySet, move, state_constraint, state_field
from exchanges.enums import COUNTING_STATES, ExchangeState, PartState
from exchanges.models.sides import EXCHANGE_PARTIES, HO, HOP, LEAD, OBSERVER, PORTAL, SO, VO, VOP
from exchanges.models.visit import Visit
from exchanges.requirements import building as b
from exchanges.requirements import finishing as f
from exchanges.requirements import papers
from exchanges.rules import share_of, working_days
from matching.models import Match
from profiles.enums import Modality
from profiles.models import (
    Country,
    ExchangeType,
    Generation,
    LumpSumCeiling,
    Organisation,
    Participation,
    Partnership,
    Sector,
)

if TYPE_CHECKING:
    from exchanges.models.agreement import FinancialAgreement
    from exchanges.models.ctq import OwnPart
    from exchanges.models.finishing import FinalActivityReport, Payment

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState


class ExchangeQuerySet(MovingQuerySet["Exchange"]):
    """Exchanges and what their lists need."""

    def confirmed(self) -> "ExchangeQuerySet":
        """In preparation, ready, ongoing or closed: what statistics count."""
        return self.filter(state__in=COUNTING_STATES)

    def with_faces(self) -> "ExchangeQuerySet":
        return self.select_related(
            "organisation__country",
            "generation",
            "type",
            "sector",
            "match__visiting_profile__partnership",
            "match__host_profile__partnership",
            "match__host_profile__organisation__country",
            "visit__lead",
            "visit__host_profile__organisation__country",
        )


class Exchange(Moving):
    """One visiting organisation on one visit; the portal counts exchanges.

    Dates are local to the visit, working days are counted by the portal, amounts are EUR.
    Planned figures are wished for, agreed ones are what CTQ and Financial Agreement print,
    actual ones what happened. `agreed_lump_sum` is the Financial Agreement's amount, one field.
    """

    parties: ClassVar = EXCHANGE_PARTIES
    seen_by: ClassVar = {
        "see": (VO, HO, VOP, HOP, SO, OBSERVER),
        "name": (VO, HO, VOP, HOP, LEAD, SO, OBSERVER),
        "history": (VO, HO, VOP, HOP, SO),
        "ctq": (VO, HO, VOP, HOP, SO),
        "money": (VO, VOP, SO, OBSERVER),
        "fa": (VO, VOP, SO),
        "far": (VO, VOP, SO),
        "evidence": (VO, VOP, SO),
        "feedback": (VO, HO, VOP, HOP, SO),
    }
    locks_first: ClassVar = ("match", "visit")
    constraint_requirements: ClassVar = {
        "one_physical_exchange": b.no_other_physical,
        "one_exchange_a_match": b.only_exchange_of_match,
    }

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="exchanges")
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="exchanges")
    # Copies of the match's and the visiting profile's, held equal by the database, for the indexes.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+", editable=False)
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices, editable=False)
    state = state_field(ExchangeState, DRAFT)
    type = models.ForeignKey(
        ExchangeType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("type")
    )
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )

    planned_start = models.DateField(_("planned start"), null=True, blank=True)
    planned_end = models.DateField(_("planned end"), null=True, blank=True)
    planned_working_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    planned_lump_sum = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True, editable=False)
    agreed_start = models.DateField(_("agreed start"), null=True, blank=True)
    agreed_end = models.DateField(_("agreed end"), null=True, blank=True)
    agreed_working_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    agreed_lump_sum = models.DecimalField(_("lump sum (EUR)"), max_digits=8, decimal_places=2, null=True, blank=True)
    actual_start = models.DateField(_("actual start"), null=True, blank=True)
    actual_end = models.DateField(_("actual end"), null=True, blank=True)
    actual_working_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    ceiling_override = models.DecimalField(
        _("higher ceiling for this exchange (EUR)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    frozen_ceiling = models.DecimalField(
        _("ceiling frozen with the agreement (EUR)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    payable = models.DecimalField(_("payable (EUR)"), max_digits=8, decimal_places=2, null=True, blank=True)
    payable_why = models.TextField(_("why it departs from the pay-out rule"), blank=True)
    payable_accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    cancel_asked_at = models.DateTimeField(_("asked to cancel at"), null=True, blank=True, editable=False)
    cancel_asked_by = models.CharField(max_length=20, blank=True, editable=False)
    cancel_asked_why = models.TextField(blank=True, editable=False)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    prepared_at = models.DateTimeField(null=True, blank=True, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_recorded = models.BooleanField(_("recorded afterwards"), default=False, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "agreed_start"], name="exchange_to_start"),
            models.Index(fields=["generation", "modality", "state"], name="exchange_counted"),
        ]
        constraints: ClassVar = [
            state_constraint("exchange_state_exists", ExchangeState),
            models.UniqueConstraint(
                fields=["organisation", "generation"],
                condition=Q(modality=Modality.PHYSICAL, state__in=COUNTING_STATES),
                name="one_physical_exchange",
            ),
            models.UniqueConstraint(fields=["match"], condition=~Q(state=CANCELLED), name="one_exchange_a_match"),
            models.CheckConstraint(
                condition=Q(agreed_lump_sum__isnull=True) | Q(agreed_lump_sum__gte=0, modality=Modality.PHYSICAL),
                name="no_money_for_a_virtual_exchange",
            ),
            models.CheckConstraint(
                condition=Q(frozen_ceiling__isnull=True)
                | Q(agreed_lump_sum__isnull=True)
                | Q(agreed_lump_sum__lte=F("frozen_ceiling")),
                name="amount_within_frozen_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(payable__isnull=True) | Q(payable__gte=0, payable__lte=F("agreed_lump_sum")),
                name="payable_within_the_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[READY, ONGOING, CLOSED])
                | Q(agreed_start__isnull=False, agreed_end__gte=F("agreed_start"), agreed_working_days__gte=1),
                name="ready_with_agreed_figures",
            ),
            models.CheckConstraint(
                condition=Q(actual_end__isnull=True) | Q(actual_end__gte=F("actual_start")),
                name="actual_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.organisation} → {self.visit.host_profile.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("exchange", args=[self.pk])

    @property
    def reference(self) -> str:
        """How people and papers name it."""
        return f"CXC-{self.pk or 0:05d}"

    # --- who and where ---------------------------------------------------------------------

    @property
    def is_physical(self) -> bool:
        return self.modality == Modality.PHYSICAL

    @property
    def host(self) -> Organisation:
        return self.visit.host_profile.organisation

    @property
    def host_country(self) -> Country:
        return self.host.country

    @property
    def vop(self) -> Partnership:
        assert self.match.visiting_profile.partnership is not None  # published profiles have one
        return self.match.visiting_profile.partnership

    @property
    def hop(self) -> Partnership:
        assert self.match.host_profile.partnership is not None  # published profiles have one
        return self.match.host_profile.partnership

    @property
    def participation(self) -> Participation | None:
        """The visitor's Partnership's, whose last day counts."""
        return self.match.visiting_profile.participation

    @property
    def start(self) -> date | None:
        """The start that statistics go by: actual, else agreed, else planned."""
        return self.actual_start or self.agreed_start or self.planned_start

    @property
    def end(self) -> date | None:
        return self.actual_end or self.agreed_end or self.planned_end

    # --- money -------------------------------------------------------------------------------

    @property
    def ceiling(self) -> Decimal | None:
        """The most that may be paid, in EUR: frozen with the agreement, else the host country's
        on the start date, or the higher one that the Support Office set. None: there is none."""
        if self.frozen_ceiling is not None:
            return self.frozen_ceiling
        return self.live_ceiling(self.agreed_start or self.planned_start)

    def live_ceiling(self, day: date | None) -> Decimal | None:
        """Looked up for a start on this day: the host country's, or the higher one set for this exchange."""
        known = LumpSumCeiling.amount_for(self.host_country.pk, day) if day else None
        if self.ceiling_override is None:
            return known
        return max(self.ceiling_override, known or Decimal(0))

    def country_ceiling(self) -> Decimal | None:
        """The host country's on the start date, in EUR."""
        day = self.agreed_start or self.planned_start
        return LumpSumCeiling.amount_for(self.host_country.pk, day) if day else None

    def lump_sum_for(self, days: int | None) -> Decimal | None:
        """What the Partnership's pay-out rule gives for this many working days, in EUR."""
        ceiling = self.ceiling
        if not self.is_physical or ceiling is None or days is None:
            return None
        return share_of(ceiling, self.vop.payout_percent(days))

    def payable_by_rule(self) -> Decimal | None:
        """Pay-out rule on the actual working days, at most the agreement's amount, in EUR."""
        by_rule = self.lump_sum_for(self.actual_working_days)
        if by_rule is None or self.agreed_lump_sum is None:
            return None
        return min(by_rule, self.agreed_lump_sum)

    # --- what belongs to it --------------------------------------------------------------------

    @property
    def own_part_or_none(self) -> Optional["OwnPart"]:
        return getattr(self, "own_part", None)

    @property
    def agreement_or_none(self) -> Optional["FinancialAgreement"]:
        return getattr(self, "agreement", None)

    @property
    def report_or_none(self) -> Optional["FinalActivityReport"]:
        return getattr(self, "report", None)

    @property
    def payment_or_none(self) -> Optional["Payment"]:
        return getattr(self, "payment", None)

    def documents_complete_at(self) -> datetime | None:
        """When the last signature of CTQ and agreement came in; None while one is missing."""
        parts = [self.own_part_or_none] + ([self.agreement_or_none] if self.is_physical else [])
        moments = [part.signed_at if part else None for part in parts]
        return None if None in moments else max(moment for moment in moments if moment)

    def count_days(self, start: date, end: date, *, with_days_off: bool = False) -> int:
        """Working days from start to end at the host's, with the visit's marked days; `with_days_off`
        takes off the days this visitor did not work."""
        worked, not_worked = self.visit.marked_days()
        if with_days_off:
            not_worked = not_worked | {off.day for off in self.days_not_worked.all()}
        return working_days(self.host_country.pk, start, end, worked=worked, not_worked=not_worked)

    # --- moves: building -----------------------------------------------------------------------

    @move(
        state,
        label=_("Create the exchange"),
        source=DRAFT,
        birth=True,
        who=(VOP, HOP, SO),
        requires=(b.match_open, b.only_exchange_of_match, b.same_host_and_modality, b.participation_open),
        keeps=(b.planned_within_visit, b.ceiling_known, b.host_place_held),
    )
    def create(self) -> None:
        self.created_at = self.moment
        self.is_recorded = self.ask.is_recorded
        self._plan(self.planned_start or self.visit.first_day, self.planned_end or self.visit.last_day)

    @move(
        state,
        label=_("Delete the draft"),
        source=DRAFT,
        death=True,
        who=(VOP, HOP, SO, PORTAL),
        requires=(papers.nothing_signed,),
    )
    def delete_draft(self) -> None: ...

    @move(
        state,
        label=_("Change the plan"),
        source=DRAFT,
        who=(VOP, HOP, SO),
        keeps=(b.planned_within_visit, b.ceiling_known),
        button=False,
    )
    def edit_planned(self, *, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        return self._change_plan(start, end, type)

    @move(
        state,
        label=_("Change the plan"),
        source=PREPARATION,
        who=(VOP, HOP, SO),
        keeps=(*b.TO_PREPARE, b.host_place_held),
        button=False,
    )
    def edit_planned_in_preparation(self, *, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        return self._change_plan(start, end, type)

    @move(
        state,
        label=_("Start the preparation"),
        source=DRAFT,
        target=PREPARATION,
        who=(VOP, HOP, SO),
        requires=(*b.TO_PREPARE, b.host_place_held),
    )
    def prepare(self) -> None:
        self._enter_preparation()

    @move(
        state,
        label=_("Set sector and agreed figures"),
        source=PREPARATION,
        who=(VOP, SO),
        keeps=(b.agreed_stay_fits, b.ceiling_known, b.amount_within_ceiling, b.host_place_held),
        button=False,
    )
    def set_agreed(self, *, start: date, end: date, sector: Sector | None, lump_sum: Decimal | None) -> dict[str, Any]:
        """Working days are counted; the ceiling is looked up anew. A virtual exchange has no lump sum."""
        before = (self.agreed_start, self.agreed_end, self.agreed_working_days, self.agreed_lump_sum)
        if (start, end, lump_sum) != (self.agreed_start, self.agreed_end, self.agreed_lump_sum):
            self.frozen_ceiling = None
        if (start, end) != (self.agreed_start, self.agreed_end) or not self._ctq_stands():
            self.agreed_start, self.agreed_end = start, end
            self.agreed_working_days = self.count_days(start, end) if start <= end else 0
        self.sector = sector
        self.agreed_lump_sum = lump_sum if self.is_physical else None
        after = (self.agreed_start, self.agreed_end, self.agreed_working_days, self.agreed_lump_sum)
        return {"dates_changed": before[:3] != after[:3], "amount_changed": before[3] != after[3]}

    @move(state, label=_("Count the working days anew"), source=DRAFT, who=(PORTAL,), button=False)
    def recount(self) -> dict[str, Any]:
        """After a change of the visit's marked days."""
        return self._recount()

    @move(
        state,
        label=_("Count the working days anew"),
        source=PREPARATION,
        who=(PORTAL,),
        keeps=(b.planned_stay_fits, b.agreed_stay_fits),
        button=False,
    )
    def recount_in_preparation(self) -> dict[str, Any]:
        return self._recount()

    @move(
        state,
        label=_("Set a higher ceiling"),
        source=(DRAFT, PREPARATION),
        who=(SO,),
        reason=True,
        requires=(f.is_physical,),
        keeps=(b.ceiling_higher,),
        button=False,
    )
    def raise_ceiling(self, *, ceiling: Decimal) -> dict[str, str]:
        """In EUR, for this exchange alone; the planned lump sum follows it."""
        self.frozen_ceiling = None
        return self._raise_ceiling(ceiling)

    @move(
        state,
        label=_("Set a higher ceiling for the new version of the agreement"),
        source=ONGOING,
        who=(SO,),
        reason=True,
        requires=(f.is_physical, b.agreement_being_revised),
        keeps=(b.ceiling_higher,),
        button=False,
    )
    def raise_ceiling_while_ongoing(self, *, ceiling: Decimal) -> dict[str, str]:
        """The ceiling of the version before stands until the new one's amount is set."""
        return self._raise_ceiling(ceiling)

    @move(
        state,
        label=_("Ready to start"),
        source=PREPARATION,
        target=READY,
        who=(VOP, SO),
        requires=(*b.TO_BE_READY, b.start_not_past),
    )
    def set_ready(self) -> None:
        self.ready_at = self.moment

    @move(
        state,
        label=_("Ready to start, after the start date"),
        source=PREPARATION,
        target=READY,
        who=(May(VOP, b.complete_before_start), May(SO, reason=True)),
        requires=(*b.TO_BE_READY, b.start_past),
    )
    def set_ready_late(self) -> None:
        self.ready_at = self.moment

    @move(state, label=_("Back to preparation"), source=READY, target=PREPARATION, who=(VOP, SO), reason=True)
    def back_to_preparation(self) -> None:
        self.ready_at = None

    @move(state, label=_("Back to draft"), source=PREPARATION, target=DRAFT, who=(SO,), reason=True)
    def back_to_draft(self) -> None:
        self.prepared_at = None

    # --- moves: under way ------------------------------------------------------------------------

    @move(
        state,
        label=_("Start"),
        source=READY,
        target=ONGOING,
        who=(May(PORTAL, b.start_reached, b.no_open_request), May(SO, reason=True)),
    )
    def start_it(self) -> None:
        self.started_at = self.moment
        self.actual_start, self.actual_end = self.agreed_start, self.agreed_end
        self.actual_working_days = self.agreed_working_days

    @move(
        state,
        label=_("Undo the start"),
        source=ONGOING,
        target=PREPARATION,
        who=(SO,),
        reason=True,
        requires=(f.nothing_paid,),
    )
    def undo_start(self) -> None:
        self._forget_the_stay()

    @move(
        state,
        label=_("Correct the actual figures"),
        source=ONGOING,
        who=(May(VOP, f.downwards), SO),
        reason=True,
        requires=(f.nothing_paid,),
        keeps=(f.actual_stay_fits, f.not_above_agreed, f.days_off_right, b.host_place_held),
        button=False,
    )
    def correct_actual(self, *, start: date, end: date, days_off: Mapping[date, str]) -> dict[str, Any]:
        """`days_off`: days not worked, each with its reason. The days stay counted by the portal.

        A payable amount that was accepted is to be accepted anew.
        """
        self.days_not_worked.all().delete()
        for day, reason in days_off.items():
            self.days_not_worked.create(day=day, reason=reason)
        self.actual_start, self.actual_end = start, end
        self.actual_working_days = self._count_actual()
        self._clear_payable()
        return {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "days_off": {day.isoformat(): reason for day, reason in days_off.items()},
            "working_days": self.actual_working_days,
        }

    @move(
        state,
        label=_("Accept the payable amount"),
        source=ONGOING,
        who=(May(VOP, f.enough_days_for_partnership), May(SO, f.so_decides_payable)),
        requires=(f.is_physical, f.no_conflict, f.end_past, f.nothing_paid),
        keeps=(f.payable_right,),
        button=False,
    )
    def accept_payable(self, *, amount: Decimal | None = None, why: str = "") -> dict[str, str]:
        """`amount` None takes the rule's; a departure from it carries why. Never above the agreement."""
        self.payable = self.payable_by_rule() if amount is None else amount
        self.payable_why = why.strip()
        self.payable_accepted_at = self.moment
        return {"amount": str(self.payable), "why": why}

    @move(
        state,
        label=_("Close"),
        source=ONGOING,
        target=CLOSED,
        who=(VOP, SO),
        requires=(f.end_past, f.far_accepted, f.evidence_accepted, f.payable_accepted),
    )
    def close(self) -> None:
        self.closed_at = self.moment

    @move(
        state,
        label=_("Close without report or evidence: nothing is paid"),
        source=ONGOING,
        target=CLOSED,
        who=(SO,),
        reason=True,
        requires=(f.end_past, f.nothing_paid),
    )
    def close_unpaid(self) -> None:
        self.closed_at = self.moment
        if self.is_physical:
            self.payable, self.payable_why = Decimal(0), self.ask.reason
            self.payable_accepted_at = self.moment

    @move(state, label=_("Reopen"), source=CLOSED, target=ONGOING, who=(SO,), reason=True)
    def reopen(self) -> None:
        self.closed_at = None

    # --- moves: cancelling -------------------------------------------------------------------------

    @move(
        state,
        label=_("Ask to cancel"),
        source=(PREPARATION, READY),
        who=(VO, HO),
        reason=True,
        requires=(b.before_start, b.no_open_request),
    )
    def ask_to_cancel(self) -> None:
        self.cancel_asked_at = self.moment
        self.cancel_asked_by = self.ask.side
        self.cancel_asked_why = self.ask.reason

    @move(
        state,
        label=_("Refuse the request to cancel"),
        source=(PREPARATION, READY),
        who=(VOP, HOP, SO),
        reason=True,
        requires=(b.request_open,),
    )
    def refuse_to_cancel(self) -> None:
        self._answer_request()

    @move(
        state,
        label=_("Cancel the exchange"),
        source=(DRAFT, PREPARATION, READY),
        target=CANCELLED,
        who=(VOP, HOP, SO),
        reason=True,
    )
    def cancel(self) -> None:
        self._cancel()

    @move(state, label=_("Cancel the ongoing exchange"), source=ONGOING, target=CANCELLED, who=(SO,), reason=True)
    def cancel_ongoing(self) -> None:
        self._cancel()

    @move(
        state,
        label=_("Reopen in preparation"),
        source=CANCELLED,
        target=PREPARATION,
        who=(May(VOP, b.cancelled_lately), SO),
        reason=True,
        requires=(*b.TO_PREPARE, b.only_exchange_of_match, b.host_place_held, f.nothing_paid),
    )
    def reopen_cancelled(self) -> None:
        self.cancelled_at = None
        self._forget_the_stay()
        self._enter_preparation()

    # --- what the moves share ------------------------------------------------------------------

    def _change_plan(self, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        self.type = type
        self._plan(start, end)
        return {"start": start.isoformat(), "end": end.isoformat(), "type": str(type or "")}

    def _plan(self, start: date, end: date) -> None:
        """Take over planned dates; days are counted and the lump sum follows the pay-out rule."""
        self.planned_start, self.planned_end = start, end
        self.planned_working_days = self.count_days(start, end) if start <= end else 0
        self.planned_lump_sum = self._lump_sum_of_plan(start)

    def _lump_sum_of_plan(self, start: date) -> Decimal | None:
        ceiling = self.live_ceiling(start)
        if not self.is_physical or ceiling is None or self.planned_working_days is None:
            return None
        return share_of(ceiling, self.vop.payout_percent(self.planned_working_days))

    def _recount(self) -> dict[str, Any]:
        """The agreed amount stays: the visitor's Partnership sets it."""
        before = self.agreed_working_days
        if self.planned_start and self.planned_end:
            self._plan(self.planned_start, self.planned_end)
        self.agreed_working_days = self.agreed_days_now()
        return {
            "planned": self.planned_working_days,
            "agreed": self.agreed_working_days,
            "dates_changed": before != self.agreed_working_days,
        }

    def agreed_days_now(self) -> int | None:
        """The agreed working days counted anew, unless they stand in a validated CTQ."""
        if self._ctq_stands() or self.agreed_start is None or self.agreed_end is None:
            return self.agreed_working_days
        return self.count_days(self.agreed_start, self.agreed_end)

    def take_amount(self, amount: Decimal) -> None:
        """The agreement's amount, in EUR; what was accepted as payable above it is to be accepted anew."""
        self.frozen_ceiling, self.agreed_lump_sum = None, amount
        if self.payable is not None and self.payable > amount:
            self._clear_payable()
        names = ["agreed_lump_sum", "frozen_ceiling", "payable", "payable_why", "payable_accepted_at"]
        self.save(update_fields=names)

    def _enter_preparation(self) -> None:
        """Agreed figures start as a copy of the planned."""
        self.prepared_at = self.moment
        if self.agreed_start is None:
            self.agreed_start, self.agreed_end = self.planned_start, self.planned_end
            self.agreed_working_days = self.planned_working_days
            self.agreed_lump_sum = self.planned_lump_sum

    def _cancel(self) -> None:
        self.cancelled_at = self.moment
        self._answer_request()

    def _answer_request(self) -> None:
        self.cancel_asked_at, self.cancel_asked_by, self.cancel_asked_why = None, "", ""

    def _ctq_stands(self) -> bool:
        """A validated CTQ keeps the count it was validated with, whatever becomes of the holidays."""
        own = self.own_part_or_none
        return own is not None and own.state in {PartState.VALIDATED, PartState.SIGNED}

    def _forget_the_stay(self) -> None:
        self.started_at = self.ready_at = None
        self.actual_start = self.actual_end = self.actual_working_days = None
        self.days_not_worked.all().delete()
        self._clear_payable()

    def _count_actual(self) -> int:
        """As agreed while the stay is as agreed: a count that was signed stays, whatever becomes of holidays."""
        as_agreed = (self.actual_start, self.actual_end) == (self.agreed_start, self.agreed_end)
        if as_agreed and self.agreed_working_days is not None:
            return max(0, self.agreed_working_days - self.days_not_worked.count())
        assert self.actual_start is not None
        assert self.actual_end is not None
        return self.count_days(self.actual_start, self.actual_end, with_days_off=True)

    def _raise_ceiling(self, ceiling: Decimal) -> dict[str, str]:
        self.ceiling_override = ceiling
        if self.planned_start is not None:
            self.planned_lump_sum = self._lump_sum_of_plan(self.planned_start)
        return {"ceiling": str(ceiling)}

    def _clear_payable(self) -> None:
        self.payable, self.payable_why, self.payable_accepted_at = None, "", None


class DayNotWorked(models.Model):
    """A day of the stay on which this visitor did not work, with the reason."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="days_not_worked")
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("day not worked")
        verbose_name_plural = _("days not worked")
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "day"], name="one_day_off_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="day_off_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"
