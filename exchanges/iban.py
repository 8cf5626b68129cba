"""Bank account numbers: checked when entered, shown and printed in groups of four."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from localflavor.generic.validators import IBANValidator

from cxc.ground.moves.refusing import Refused

_check = IBANValidator()


def checked(value: str) -> str:
    """The IBAN without spaces, in capitals; '' stays. Refused when country, length or digits are wrong."""
    compact = "".join(value.split()).upper()
    if not compact:
        return ""
    try:
        _check(compact)
    except ValidationError as wrong:
        raise Refused(_("This IBAN is not valid: %(why)s") % {"why": " ".join(wrong.messages)}) from wrong
    return compact


def grouped(value: str) -> str:
    """In groups of four, as shown and printed."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
