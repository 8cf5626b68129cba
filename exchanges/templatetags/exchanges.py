"""What templates ask of exchanges."""

from django import template

from cxc.ground.access import Actor
from exchanges import iban, queries
from exchanges.models import Signature

register = template.Library()


@register.filter
def scan_open_to(signature: Signature, actor: Actor) -> bool:
    """Whether the actor may open the scan that holds this signature."""
    return queries.scan_open_to(actor, signature)


@register.filter
def in_fours(account: str) -> str:
    """An IBAN as it is printed, in groups of four."""
    return iban.grouped(account)
