"""Form fields of a bank account. What is typed into them is never stored before it is handed in (`data-private`)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from localflavor.generic.forms import IBANFormField

# Blanks, marks that nobody sees, points and dashes.
_GROUPING = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff.\-\u2010-\u2015]")
_IBAN_LABEL = re.compile(r"^IBAN[:=]?")
_BIC_LABEL = re.compile(r"^\s*(?:BIC|SWIFT)(?:[\s:/=-]+(?:BIC|SWIFT|code))*[\s:=]+", re.IGNORECASE)
# ISO 9362: institution, country, location, branch. Kosovo's banks use XK.
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
WRONG_IBAN = _(
    "This IBAN is not valid: check its country, its length and its figures. An example: BE71 0961 2345 6769."
)
WRONG_BIC = _("This BIC is not valid: it has 8 or 11 letters and figures, for example KREDBEBB.")


def bare_iban(text: str) -> str:
    """The IBAN in capitals without what groups it and without the word IBAN before it, as bank statements print it."""
    return _IBAN_LABEL.sub("", _GROUPING.sub("", text).upper())


def bare_bic(text: str) -> str:
    """The BIC in capitals without blanks and without the word BIC or SWIFT before it."""
    return _GROUPING.sub("", _BIC_LABEL.sub("", text)).upper()


class PrivateInput(forms.TextInput):
    """One line that neither the browser nor a form draft stores."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        fixed = {"data-private": "", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({**fixed, **(attrs or {})})


class IbanInput(PrivateInput):
    """A bank account, in groups of four."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-iban": "", "autocapitalize": "characters", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        bare = "".join(str(value or "").split())
        return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4)) or None


class IbanField(IBANFormField):
    """A bank account number, also pasted with the word IBAN before it."""

    def prepare_value(self, value: Any) -> Any:
        return value  # its widget groups it

    def to_python(self, value: Any) -> Any:
        return super().to_python(bare_iban(value) if isinstance(value, str) else value)

    def run_validators(self, value: Any) -> None:
        """ValidationError with one sentence of ours: localflavor's are in English only."""
        try:
            super().run_validators(value)
        except ValidationError as wrong:
            raise ValidationError(WRONG_IBAN, code="invalid") from wrong


def let_groups_fit(field: forms.Field) -> None:
    """Give the field room for blanks and the word IBAN, which a browser counts as characters too."""
    field.widget.attrs["maxlength"] = "50"
    field.widget.attrs.pop("max_length", None)  # localflavor sets it; HTML has no such attribute
    field.widget.attrs.pop("minlength", None)


class BicField(forms.CharField):
    """A bank's identifier, also pasted with the word BIC or SWIFT before it."""

    widget = PrivateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": None})
        self.widget.attrs["maxlength"] = "20"  # blanks and the word BIC too

    def to_python(self, value: Any) -> str:
        """ValidationError with a sentence when it can't be one."""
        bare = bare_bic(super().to_python(value) or "")
        if bare and not BIC.fullmatch(bare):
            raise ValidationError(WRONG_BIC, code="invalid")
        return bare
