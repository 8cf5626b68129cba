"""What is kept of an exchange: its columns, what the database holds of them, and whom it leads to."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Optional

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.core.models.copied_key import copied_key
from cxc.core.models.text import FreeTextField
from cxc.core.sanitise import LONG
from cxc.workflow import StatefulModel, state_constraint, state_field
from exchanges.enums import CONFIRMED_STATES, ExchangeState, Party
from exchanges.models.exchange.querysets import ExchangeQuerySet
from exchanges.models.sides import (
    EXCHANGE_LABEL,
    EXCHANGE_LISTED,
    EXCHANGE_PARTIES,
    HO,
    HOP,
    LEAD,
    OBSERVER,
    SO,
    VO,
    VOP,
)
from exchanges.models.visit import Visit
from exchanges.requirements import preparation
from matching.models import Match
from profiles.enums import Modality
from profiles.models import Country, ExchangeType, Generation, Organisation, Participation, Partnership, Sector

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from exchanges.models.documents import FinancialAgreement, OwnPart
    from exchanges.models.exchange.day_not_worked import DayNotWorked
    from exchanges.models.payment import Payment
    from exchanges.models.report import FinalActivityReport

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState


class ExchangeFields(StatefulModel):
    """The row of an exchange. Dates are local to the visit, amounts are EUR.

    Planned figures are wished for, agreed ones are what CTQ and Financial Agreement print,
    actual ones what happened. `agreed_lump_sum` is the Financial Agreement's amount, one field.
    """

    label_columns: ClassVar = EXCHANGE_LABEL
    side_paths: ClassVar = EXCHANGE_PARTIES
    list_paths: ClassVar = EXCHANGE_LISTED
    read_permissions: ClassVar = {
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
        "one_physical_exchange": preparation.no_other_physical,
        "one_exchange_a_match": preparation.only_exchange_of_match,
    }

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="exchanges")
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="exchanges")
    # Copies of the match's and the visiting profile's, held equal by the database, for the indexes.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="+", editable=False)
    modality = models.CharField(_("modality"), max_length=10, choices=Modality.choices, editable=False)
    # Copies that the database fills in, for lists; an exchange in hand does not read them.
    visitor_partnership = copied_key(Partnership)
    host_organisation = copied_key(Organisation)
    host_partnership = copied_key(Partnership)
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
    payable_why = FreeTextField(_("why it departs from the pay-out rule"), blank=True)
    payable_accepted_at = models.DateTimeField(null=True, blank=True, editable=False)

    one_signatory_reason = FreeTextField(
        _("why one person may sign for several bodies"), blank=True, editable=False, max_length=LONG
    )

    cancel_asked_at = models.DateTimeField(_("asked to cancel at"), null=True, blank=True, editable=False)
    cancel_asked_by = models.CharField(max_length=20, blank=True, editable=False)
    cancel_asked_why = FreeTextField(blank=True, editable=False, max_length=LONG)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_recorded = models.BooleanField(_("recorded afterwards"), default=False, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    days_not_worked: "RelatedManager[DayNotWorked]"

    objects: ClassVar = ExchangeQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "agreed_start"], name="exchange_to_start"),
            models.Index(fields=["generation", "modality", "state"], name="exchange_counted"),
            models.Index(fields=["visitor_partnership", "visit"], name="exchange_of_vop"),
            models.Index(fields=["host_partnership"], name="exchange_of_hop"),
            models.Index(fields=["host_organisation"], name="exchange_of_ho"),
            models.Index(
                fields=["cancel_asked_at"], condition=Q(cancel_asked_at__isnull=False), name="exchange_to_cancel"
            ),
            models.Index(fields=["closed_at"], condition=Q(state=CLOSED, is_recorded=False), name="exchange_closed_at"),
        ]
        constraints: ClassVar = [
            state_constraint("exchange_state_exists", ExchangeState),
            models.UniqueConstraint(
                fields=["organisation", "generation"],
                condition=Q(modality=Modality.PHYSICAL, state__in=CONFIRMED_STATES),
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
        """How people and documents name it."""
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

    def body_of(self, party: str) -> Organisation | Partnership:
        """The body that signs as this party."""
        if party == Party.VO:
            return self.organisation
        if party == Party.HO:
            return self.host
        return self.vop if party == Party.VOP else self.hop

    def home_of(self, party: str) -> Country:
        """The country of the body that signs as this party."""
        body = self.body_of(party)
        return body.country if isinstance(body, Organisation) else body.seat

    @property
    def participation(self) -> Participation | None:
        """The visitor's Partnership's, whose last day counts."""
        return self.vop.participation_in(self.generation)

    @property
    def start(self) -> date | None:
        """The start that statistics go by: actual, else agreed, else planned."""
        return self.actual_start or self.agreed_start or self.planned_start

    @property
    def end(self) -> date | None:
        return self.actual_end or self.agreed_end or self.planned_end

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
