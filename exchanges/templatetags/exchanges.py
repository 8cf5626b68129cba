"""What templates ask of exchanges."""

from django import template

from cxc.access.scoped import Actor, Principal
from exchanges import iban
from exchanges.models import Exchange, FinancialAgreement, Signature
from exchanges.models.documents.bank_account import BankAccount
from exchanges.presenters import seals
from exchanges.queries import documents, four_eyes, payees

register = template.Library()
register.filter("sealed_after_text", seals.sealed_after_text)


@register.filter
def signed_file_open_to(signature: Signature, actor: Actor) -> bool:
    """Whether the actor may open the scan, or the file signed elsewhere, that holds this signature."""
    return documents.signed_file_open_to(actor, signature)


@register.simple_tag
def account_notices(agreement: FinancialAgreement | None, actor: Actor) -> list[str]:
    """Notices about the account, for the Partnership and the Support Office."""
    return payees.account_notices(agreement, actor)


@register.filter
def shows_four_eyes_notice(exchange: Exchange, actor: Actor) -> bool:
    """Whether the Support Office is told that one person did everything on this exchange."""
    if actor.principal is not Principal.SUPPORT_OFFICE or exchange.payment_or_none is None:
        return False  # without a payment nobody has paid
    return four_eyes.is_by_one_person(exchange)


@register.filter
def bank_details(account: BankAccount) -> list[tuple[str, str]]:
    """What is known of a bank account, each with its label."""
    return iban.lines(account)
