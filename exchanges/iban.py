"""Bank accounts: checked when entered, shown and printed in groups of four."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from localflavor.generic.validators import IBANValidator

from cxc.core.refusals import Refused
from cxc.web.bank_fields import BIC, WRONG_BIC, WRONG_IBAN, bare_bic, bare_iban

_check = IBANValidator()


def check(account: Any) -> None:
    """Write the account's fields as they are stored. Refused where one is wrong or there are two accounts."""
    account.iban = checked(account.iban)
    account.bic = checked_bic(account.bic)
    account.account_number = " ".join(account.account_number.split())
    account.bank_name = " ".join(account.bank_name.split())
    if account.iban and account.account_number:
        raise Refused(both())


def both() -> str:
    """The sentence for an account that has both an IBAN and an account number."""
    return _("Enter either an IBAN or an account number, not both.")


def checked(value: str) -> str:
    """The IBAN without spaces, in capitals; '' stays. Refused when country, length or digits are wrong."""
    compact = bare_iban(value)
    if not compact:
        return ""
    try:
        _check(compact)
    except ValidationError as wrong:
        raise Refused(str(WRONG_IBAN)) from wrong
    return compact


def checked_bic(value: str) -> str:
    """The BIC without spaces, in capitals; '' stays. Refused when it can't be one."""
    compact = bare_bic(value)
    if compact and not BIC.fullmatch(compact):
        raise Refused(str(WRONG_BIC))
    return compact


def lines(account: Any) -> list[tuple[str, str]]:
    """What is known of the account, each with its label, as screens show it."""
    found = [
        ("IBAN", grouped(account.iban)),
        (_("Account number"), account.account_number),
        ("BIC", account.bic),
        (_("Name of the bank"), account.bank_name),
    ]
    return [(label, value) for label, value in found if value]


def grouped(value: str) -> str:
    """In groups of four, as shown and printed."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
