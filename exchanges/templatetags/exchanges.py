"""What templates ask of exchanges."""

from django import template

from cxc.ground.access import Actor
from exchanges import iban, queries
from exchanges.models import FinancialAgreement, OwnPart, Signature
from exchanges.models.papers.bank_account import BankAccount
from exchanges.services import documents

register = template.Library()


@register.filter
def scan_open_to(signature: Signature, actor: Actor) -> bool:
    """Whether the actor may open the scan that holds this signature."""
    return queries.scan_open_to(actor, signature)


@register.filter
def is_being_written(part: OwnPart | FinancialAgreement | None) -> bool:
    """Whether there is a draft of this part; None before the preparation starts, when all is one."""
    return part is None or documents.is_being_written(part)


@register.filter
def bank_details(account: BankAccount) -> list[tuple[str, str]]:
    """What is known of a bank account, each with its label."""
    return iban.lines(account)
