"""What follows an exchange: evidence, Final Activity Report, payment, feedback."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.access import Actor, Side
from cxc.ground.moves import May, Moving, MovingQuerySet, Stale, move, state_constraint, state_field
from exchanges.enums import EvidenceKind, EvidenceState, PaymentState, ReportState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, OBSERVER, OF_EXCHANGE, PORTAL, SO, VO, VOP
from exchanges.requirements import finishing as f

WAITING, EVIDENCE_ACCEPTED, EVIDENCE_RETURNED = EvidenceState
DRAFT, SUBMITTED, ACCEPTED, RETURNED = ReportState
DUE, PAID = PaymentState


class Evidence(Moving):
    """A paper that shows that the stay took place."""

    parties: ClassVar = OF_EXCHANGE
    # A host sees the letter it handed in, and no other paper: `visible_host_letters`.
    seen_by: ClassVar = {"see": (VO, VOP, SO), "history": (VO, VOP, SO)}
    locks_first: ClassVar = ("exchange",)

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="evidence")
    state = state_field(EvidenceState, WAITING)
    kind = models.CharField(_("kind"), max_length=12, choices=EvidenceKind.choices)
    file = models.ForeignKey("ground.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    uploaded_side = models.CharField(max_length=20, choices=Side.choices, editable=False)
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    comments = models.TextField(_("why it was returned"), blank=True, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["uploaded_at", "id"]
        constraints: ClassVar = [state_constraint("evidence_state_exists", EvidenceState)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#evidence"

    @classmethod
    def visible_host_letters(cls, actor: Actor, exchange: Exchange) -> "MovingQuerySet[Evidence]":
        """The letters that the host itself handed in."""
        if actor.body_id != exchange.host.pk:
            return cls.objects.none()
        return cls.objects.filter(exchange=exchange, uploaded_side=HO)

    @move(
        state,
        label=_("Hand in evidence"),
        source=WAITING,
        birth=True,
        who=(VO, VOP, May(HO, f.hosts_own_letter)),
        requires=(f.is_physical, f.evidence_time),
    )
    def upload(self) -> None:
        self.uploaded_side = self.ask.side
        self.uploaded_at = self.moment

    @move(
        state,
        label=_("Accept"),
        source=(WAITING, EVIDENCE_RETURNED),
        target=EVIDENCE_ACCEPTED,
        who=(VOP, SO),
        requires=(f.evidence_time, f.no_conflict),
    )
    def accept(self) -> None:
        self.comments = ""

    @move(
        state,
        label=_("Return"),
        source=(WAITING, EVIDENCE_ACCEPTED),
        target=EVIDENCE_RETURNED,
        who=(VOP, SO),
        reason=True,
        requires=(f.evidence_time,),
        keeps=(f.still_evidenced,),
    )
    def send_back(self) -> None:
        self.comments = self.ask.reason


class FinalActivityReport(Moving):
    """What the visitor reports after the exchange."""

    parties: ClassVar = OF_EXCHANGE
    seen_by: ClassVar = {"see": (VO, VOP, SO), "history": (VO, VOP, SO)}
    locks_first: ClassVar = ("exchange",)

    COMPULSORY: ClassVar = {
        "activities": _("activities against the agenda"),
        "outcomes": _("outcomes"),
        "follow_up": _("follow-up"),
        "satisfaction": _("satisfaction"),
    }
    TEXTS: ClassVar = (
        "activities",
        "departures",
        "outcomes",
        "contacts",
        "follow_up",
        "satisfaction",
        "story_consent",
        "story",
    )

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="report")
    state = state_field(ReportState, DRAFT)
    activities = models.TextField(_("activities against the agenda"), blank=True)
    departures = models.TextField(_("departures from the agenda"), blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True)
    contacts = models.TextField(_("contacts made"), blank=True)
    follow_up = models.TextField(_("follow-up"), blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction (1 to 5)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    story_consent = models.BooleanField(_("may be told as a success story"), default=False)
    story = models.TextField(_("success story"), blank=True)
    handed_in_file = models.ForeignKey(
        "ground.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by_label = models.CharField(max_length=300, blank=True, editable=False)
    comments = models.TextField(_("why it was returned"), blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    pdf = models.ForeignKey("ground.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Final Activity Report")
        verbose_name_plural = _("Final Activity Reports")
        constraints: ClassVar = [
            state_constraint("report_state_exists", ReportState),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="satisfaction_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"FAR {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#far"

    @move(state, label=_("Create"), source=DRAFT, birth=True, who=(PORTAL,), quiet=True)
    def create(self) -> None: ...

    @move(
        state,
        label=_("Write the report"),
        source=(DRAFT, RETURNED),
        who=(VO, VOP, SO),
        requires=(f.exchange_ongoing,),
        quiet=True,
        button=False,
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        """A Partnership or the Support Office writes for the visitor; it then submits with reason and file."""
        if version_read != self.row_version:
            raise Stale(self)
        unknown = set(fields) - set(self.TEXTS)
        if unknown:
            raise TypeError(f"Not to be edited here: {sorted(unknown)}")
        for name, value in fields.items():
            setattr(self, name, value)
        self.row_version += 1

    @move(
        state,
        label=_("Submit the report"),
        source=(DRAFT, RETURNED),
        target=SUBMITTED,
        who=(VO,),
        requires=(f.exchange_ongoing, f.end_past, f.report_complete),
    )
    def submit(self) -> None:
        self._submit()

    @move(
        state,
        label=_("Submit the report for the visitor"),
        source=(DRAFT, RETURNED),
        target=SUBMITTED,
        who=(VOP, SO),
        reason=True,
        requires=(f.exchange_ongoing, f.end_past, f.report_complete, f.paper_behind_report),
        button=False,
    )
    def submit_for_visitor(self, *, file: Any = None) -> None:
        self.handed_in_file = file or self.handed_in_file
        self._submit()

    @move(
        state,
        label=_("Accept the report"),
        source=SUBMITTED,
        target=ACCEPTED,
        who=(VOP, May(SO, f.so_answers_too)),
        requires=(f.exchange_ongoing, f.no_conflict),
    )
    def accept(self) -> None:
        self.accepted_at = self.moment
        self.accepted_by_label = self.ask.actor.label
        self.comments = ""

    @move(
        state,
        label=_("Return the report"),
        source=SUBMITTED,
        target=RETURNED,
        who=(VOP, May(SO, f.so_answers_too)),
        reason=True,
        requires=(f.exchange_ongoing,),
    )
    def send_back(self) -> None:
        self.comments = self.ask.reason

    @move(
        state,
        label=_("Return the accepted report"),
        source=ACCEPTED,
        target=RETURNED,
        who=(SO,),
        reason=True,
        requires=(f.exchange_ongoing,),
    )
    def return_accepted(self) -> None:
        self.accepted_at, self.accepted_by_label, self.pdf = None, "", None
        self.comments = self.ask.reason
        self.version += 1

    def _submit(self) -> None:
        self.submitted_at = self.moment
        self.comments = ""


class Payment(Moving):
    """What the visitor's Partnership pays, once, in EUR. Followed until paid, whatever happens to the exchange."""

    parties: ClassVar = OF_EXCHANGE
    seen_by: ClassVar = {"see": (VO, VOP, SO, OBSERVER), "history": (VO, VOP, SO)}
    locks_first: ClassVar = ("exchange",)

    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="payment")
    state = state_field(PaymentState, DUE)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=8, decimal_places=2)
    due_on = models.DateField(_("due on"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_amount = models.DecimalField(_("paid (EUR)"), max_digits=8, decimal_places=2, null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            state_constraint("payment_state_exists", PaymentState),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero"),
            models.CheckConstraint(
                condition=Q(state=DUE, paid_on__isnull=True, paid_amount__isnull=True)
                | Q(state=PAID, paid_on__isnull=False, paid_amount__gt=0, paid_amount__lte=F("amount")),
                name="paid_with_date_and_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange.reference}: {self.amount} EUR"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#payment"

    @move(state, label=_("Create"), source=DUE, birth=True, who=(PORTAL,))
    def create(self) -> dict[str, str]:
        self.created_at = self.moment
        return {"amount": str(self.amount), "due_on": self.due_on.isoformat()}

    @move(state, label=_("Follow the payable amount"), source=DUE, who=(PORTAL,), button=False)
    def follow(self, *, amount: Decimal, due_on: date) -> dict[str, str]:
        self.amount, self.due_on = amount, due_on
        return {"amount": str(amount), "due_on": due_on.isoformat()}

    @move(
        state,
        label=_("Withdraw, because nothing is to be paid"),
        source=DUE,
        death=True,
        who=(PORTAL,),
        reason=True,
        button=False,
    )
    def withdraw(self) -> None:
        """The payable amount became 0, or the start was undone. Its events stay."""

    @move(
        state,
        label=_("Confirm the payment"),
        source=DUE,
        target=PAID,
        who=(VOP, SO),
        requires=(f.no_conflict, f.payable_stands, f.payment_right),
        button=False,
    )
    def pay(self, *, paid_on: date, amount: Decimal, reference: str) -> dict[str, str]:
        """`paid_on` is a local date at the seat of the visitor's Partnership."""
        self.paid_on, self.paid_amount, self.reference = paid_on, amount, reference.strip()
        return {"paid_on": paid_on.isoformat(), "amount": str(amount), "reference": reference}

    @move(state, label=_("Not paid after all"), source=PAID, target=DUE, who=(SO,), reason=True)
    def unpay(self) -> None:
        self.paid_on, self.paid_amount, self.reference = None, None, ""


class Feedback(models.Model):
    """What host and visitor say of each other; shown to the other side when both are in, or later."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="feedback")
    side = models.CharField(_("from"), max_length=3, choices=[(VO.value, VO.label), (HO.value, HO.label)])
    rating = models.PositiveSmallIntegerField(
        _("rating (1 to 5)"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    text = models.TextField(_("text"), blank=True)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "side"], name="one_feedback_a_side"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="rating_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange.reference}: {self.rating}"
