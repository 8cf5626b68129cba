"""The payment of an exchange's lump sum."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from cxc import clock
from cxc.access.scoped import Side
from cxc.core.amounts import in_eur
from cxc.core.models.copied_key import copied_key
from cxc.workflow import StatefulModel, state_constraint, state_field, transition
from cxc.workflow.notify import Notify
from cxc.workflow.todo import Escalation, Todo
from exchanges import deadlines, links, notifications
from exchanges.enums import PaymentState
from exchanges.models.exchange import Exchange
from exchanges.models.sides import OBSERVER, OF_EXCHANGE, OF_EXCHANGE_LISTED, PORTAL, SO, VO, VOP
from exchanges.requirements import completion, money
from profiles.models import Partnership

DUE, PAID = PaymentState


def _notify(to: tuple[Side, ...], subject: Any, text: Any = "") -> tuple[Notify]:
    return (Notify(to, subject, text, anchor="payment", label=lambda payment: payment.exchange),)


NOTIFY_DUE_AGAIN = _notify((VO, VOP), _("Payment is due again"))


class Payment(StatefulModel):
    """What the visitor's Partnership pays, in EUR, in one or more instalments.

    Followed until paid, whatever happens to the exchange. `paid_amount` is the sum of the instalments, `paid_on` the
    day of the last one.
    """

    side_paths: ClassVar = OF_EXCHANGE
    list_paths: ClassVar = {**OF_EXCHANGE_LISTED, VOP: "visitor_partnership_id"}
    read_permissions: ClassVar = {"see": (VO, VOP, SO, OBSERVER), "history": (VO, VOP, SO)}
    locks_first: ClassVar = ("exchange",)

    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="payment")
    # A copy that the database fills in, for lists; a payment in hand does not read it.
    visitor_partnership = copied_key(Partnership)
    state = state_field(PaymentState, DUE)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=8, decimal_places=2)
    due_on = models.DateField(_("due on"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_amount = models.DecimalField(_("paid (EUR)"), max_digits=8, decimal_places=2, default=Decimal(0))
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["exchange"], condition=Q(state=DUE), name="payment_due"),
            models.Index(fields=["state", "due_on", "id"], name="payment_in_order"),
            models.Index(fields=["visitor_partnership", "state", "due_on", "id"], name="payment_of_vop"),
        ]
        constraints: ClassVar = [
            state_constraint("payment_state_exists", PaymentState),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_above_zero"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_amount=0) | Q(paid_on__isnull=False, paid_amount__gt=0),
                name="paid_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=DUE, paid_amount__lt=F("amount")) | Q(state=PAID, paid_amount=F("amount")),
                name="paid_when_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange.reference}: {in_eur(self.amount)}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#payment"

    @property
    def amount_due(self) -> Decimal:
        """What is still due, in EUR."""
        return self.amount - self.paid_amount

    @property
    def references(self) -> str:
        """The references of all instalments."""
        return "; ".join(dict.fromkeys(one.reference for one in self.instalments.all()))

    def state_by_sum(self, **_facts: Any) -> str:
        """Paid once the sum of the instalments is what is due."""
        return PAID if self.paid_amount == self.amount else DUE

    @transition(
        state,
        label=_("Create"),
        source=DUE,
        creates=True,
        sides=(PORTAL,),
        notify=_notify((VOP,), _("Payment due"), notifications.payment_due),
    )
    def create(self) -> dict[str, str]:
        self.created_at = self.moment
        return {"amount": str(self.amount), "due_on": self.due_on.isoformat()}

    @transition(state, label=_("Update to the payable amount"), source=DUE, sides=(PORTAL,), button=False)
    def update_amount(self, *, amount: Decimal, due_on: date) -> dict[str, str]:
        self.amount, self.due_on = amount, due_on
        return {"amount": str(amount), "due_on": due_on.isoformat()}

    @transition(
        state,
        label=_("Withdraw, because nothing is to be paid"),
        source=DUE,
        deletes=True,
        sides=(PORTAL,),
        reason=True,
        requires=(completion.nothing_paid,),
        button=False,
    )
    def withdraw(self) -> None:
        """The payable amount became 0, or the start was undone. Its events stay."""

    @transition(
        state,
        label=_("Confirm the payment"),
        source=DUE,
        target=GET_STATE(state_by_sum, states=[DUE, PAID]),
        sides=(VOP, SO),
        requires=(completion.no_conflict, money.payable_still_accepted, money.payment_is_valid),
        button=False,
        todo=Todo(
            "pay",
            (VOP,),
            _("Pay the visitor, and enter the payment"),
            due=deadlines.PAYMENT,
            remind=(-3, 1, 7, 14),
            text=_("Enter date, amount and reference once it is paid."),
            page=links.payment,
            conflict=lambda payment: payment.exchange.organisation_id,
            escalate=Escalation("payment_late", (SO,), _("The payment is late: ask the Partnership"), anchor="payment"),
        ),
        notify=_notify((VO,), _("Payment made"), notifications.payment_made),
    )
    def pay(self, *, paid_on: date, amount: Decimal, reference: str) -> dict[str, str]:
        """In full or one instalment, which what follows writes; `paid_on` is a local date at the VOP's seat."""
        self.paid_amount += amount
        self.paid_on = max(filter(None, (self.paid_on, paid_on)))
        return {"paid_on": paid_on.isoformat(), "amount": str(amount), "reference": reference.strip()}

    @transition(
        state,
        label=_("Take back an instalment"),
        source=(DUE, PAID),
        target=DUE,
        sides=(SO,),
        reason=True,
        requires=(money.paid_in_part, money.instalment_known),
        hides_when=(money.paid_in_part,),
        button=False,
        notify=NOTIFY_DUE_AGAIN,
    )
    def take_back_instalment(self, *, instalment: int) -> dict[str, str]:
        """Entered by mistake, or returned by the bank."""
        taken = self.instalments.get(pk=instalment)
        taken.delete()
        left = self.instalments.last()
        self.paid_amount -= taken.amount
        self.paid_on = left.paid_on if left else None
        return {"paid_on": taken.paid_on.isoformat(), "amount": str(taken.amount), "reference": taken.reference}

    @transition(
        state,
        label=_("Not paid after all"),
        source=PAID,
        target=DUE,
        sides=(SO,),
        reason=True,
        notify=NOTIFY_DUE_AGAIN,
    )
    def unpay(self) -> None:
        """Takes back all instalments; the payment is due again."""
        self.instalments.all().delete()
        self.paid_on, self.paid_amount = None, Decimal(0)
