"""What follows a transition for the payment, in the same transaction. Rule: docs/rules.md, Money."""

from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from exchanges.models import Instalment
from exchanges.services import payments

EXCHANGE, EVIDENCE, REPORT = "exchanges.exchange", "exchanges.evidence", "exchanges.finalactivityreport"
PAYMENT = "exchanges.payment"


@after(EXCHANGE, "accept_payable", "close_unpaid", order=60)
def update_payment_after_amount(context: TransitionContext) -> None:
    """Recorded afterwards, the payment is entered with its own day."""
    if not context.is_recorded:
        payments.update_payment(context.thing, timing=context.timing)


@after(PAYMENT, "pay", order=10)
def write_instalment(context: TransitionContext) -> None:
    """The payment's own row is there then, also where it is recorded afterwards."""
    facts = context.facts
    Instalment.objects.create(
        payment=context.thing,
        paid_on=facts["paid_on"],
        amount=facts["amount"],
        reference=facts["reference"].strip(),
        entered_at=context.now,
    )


@after(EVIDENCE, "upload", "accept", "send_back", order=60)
@after(REPORT, "accept", order=60)
def update_payment_after_documents(context: TransitionContext) -> None:
    """What the payment waits for came in, or moved its due day."""
    payments.update_payment(context.thing.exchange, timing=context.timing)


@after(EXCHANGE, "undo_start", "reopen_cancelled", order=60)
def withdraw_payment(context: TransitionContext) -> None:
    """What did not take place after all is not paid."""
    payments.withdraw(context.thing, timing=context.timing)
