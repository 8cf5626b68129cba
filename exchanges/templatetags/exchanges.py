"""What templates ask of exchanges."""

from django import template

from cxc.ground.access import Actor
from exchanges import iban, queries
from exchanges.models import Signature
from exchanges.models.papers.bank_account import BankAccount

register = template.Library()


@register.filter
def scan_open_to(signature: Signature, actor: Actor) -> bool:
    """Whether the actor may open the scan that holds this signature."""
    return queries.scan_open_to(actor, signature)


@register.filter
def bank_details(account: BankAccount) -> list[tuple[str, str]]:
    """What is known of a bank account, each with its label."""
    return iban.lines(account)
