"""What follows a move for the payment, in the same transaction. Rule: lifecycles, Money."""

from cxc.workflow import Ask
from cxc.workflow.registry import after
from exchanges.models import Instalment
from exchanges.services import payments

EXCHANGE, EVIDENCE, REPORT = "exchanges.exchange", "exchanges.evidence", "exchanges.finalactivityreport"
PAYMENT = "exchanges.payment"


@after(EXCHANGE, "accept_payable", "close_unpaid", order=60)
def settle_with_the_amount(ask: Ask) -> None:
    """Recorded afterwards, the payment is entered with its own day."""
    if not ask.is_recorded:
        payments.settle(ask.thing, occasion=ask.occasion)


@after(PAYMENT, "pay", order=10)
def write_instalment(ask: Ask) -> None:
    """The payment's own row is there then, also where it is recorded afterwards."""
    facts = ask.facts
    Instalment.objects.create(
        payment=ask.thing,
        paid_on=facts["paid_on"],
        amount=facts["amount"],
        reference=facts["reference"].strip(),
        entered_at=ask.now,
    )


@after(EVIDENCE, "upload", "accept", "send_back", order=60)
@after(REPORT, "accept", order=60)
def settle_with_the_papers(ask: Ask) -> None:
    """What the payment waits for came in, or moved its due day."""
    payments.settle(ask.thing.exchange, occasion=ask.occasion)


@after(EXCHANGE, "undo_start", "reopen_cancelled", order=60)
def withdraw_what_was_due(ask: Ask) -> None:
    """What did not take place after all is not paid."""
    payments.withdraw(ask.thing, occasion=ask.occasion)
