"""The payee of a payment, and notices about the account for its Partnership and the Support Office."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.access.scoped import Actor, Side, sides_of
from exchanges import iban
from exchanges.models import Exchange, FinancialAgreement, Payment
from profiles.models import Country, Organisation

CHECKING = frozenset({Side.VOP, Side.SO})


@dataclass(frozen=True)
class Payee:
    """The account holder, and the lines of the account as the Financial Agreement names it."""

    name: str
    account: list[tuple[str, str]]


def payee_of(payment: Payment) -> Payee | None:
    """By the last version that was validated, else by what is written; None where the portal has no agreement."""
    agreement = payment.exchange.agreement_or_none
    if agreement is None:
        return None
    version = agreement.current_version
    if version is None:
        return Payee(agreement.payee, iban.lines(agreement))
    return Payee(str(version.content.get("payee", "")), iban.lines(version.terms))


def account_notices(agreement: FinancialAgreement | None, actor: Actor) -> list[str]:
    """Notices about the account: it is in another country than the payee's, or one of several organisations.

    Notices, no refusals. Nothing for those who neither check agreements nor pay.
    """
    if agreement is None or not agreement.is_account_given or not sides_of(actor, agreement) & CHECKING:
        return []
    return [*_in_another_country(agreement), *_of_several(agreement, actor)]


def _in_another_country(agreement: FinancialAgreement) -> list[str]:
    """The first two letters of an IBAN are the country of the bank."""
    at_home, code = agreement.exchange.organisation.country, agreement.iban[:2]
    if code in ("", at_home.pk):
        return []
    values = {"account": Country.objects.filter(pk=code).first() or code, "payee": at_home}
    return [_("The account is in another country (%(account)s) than the payee (%(payee)s).") % values]


def _of_several(agreement: FinancialAgreement, actor: Actor) -> list[str]:
    """Only those are named whose exchanges the reader may see."""
    others = Organisation.objects.filter(pk__in=_same_account(agreement).values("exchange__organisation"))
    known = Exchange.objects.visible_to(actor).values("organisation")
    if not others:
        return []
    named = sorted(str(one) for one in others.filter(pk__in=known))
    if not named:
        return [_("Another Partnership's visitor has named the same account: ask the Support Office.")]
    text = ngettext("%(others)s has named the same account.", "%(others)s have named the same account.", len(named))
    return [text % {"others": ", ".join(named)}]


def _same_account(agreement: FinancialAgreement) -> QuerySet[FinancialAgreement]:
    """The agreements of other organisations with this account."""
    number = Q(account_number=agreement.account_number, bic=agreement.bic)
    same = FinancialAgreement.objects.filter(Q(iban=agreement.iban) if agreement.iban else number)
    return same.exclude(exchange__organisation=agreement.exchange.organisation_id)
