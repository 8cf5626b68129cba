"""The payment of an exchange's lump sum."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.models.text import OneLineField
from cxc.ground.moves import Moving, move, state_constraint, state_field
from exchanges.enums import PaymentState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import OBSERVER, OF_EXCHANGE, PORTAL, SO, VO, VOP
from exchanges.requirements import finishing as f

DUE, PAID = PaymentState


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
    reference = OneLineField(_("reference"), max_length=140, blank=True)
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
