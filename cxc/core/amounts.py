"""Amounts of money, in the one way in which screens, mails and lists write them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

NOT_STATED = "–"


def in_eur(amount: Decimal | None) -> str:
    """The amount with its currency, EUR 1,250.00 (in French 1 250,00 EUR); a dash where none is stated."""
    if amount is None:
        return NOT_STATED
    return _("EUR %(amount)s") % {"amount": number_format(amount, 2, use_l10n=True, force_grouping=True)}
