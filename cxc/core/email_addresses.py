"""One way to write an e-mail address: sign-up, invitations, incoming mails and unsubscribing compare addresses by it.

Lower case, no blanks, line ends or characters that nobody sees, the domain as it travels (IDNA 2008). `AddressField`
stores it so and looks it up so; `AddressFormField` takes what people paste.
"""

import unicodedata
from typing import Any

import idna
from django import forms
from django.db import models

_UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


def clean_address(typed: str) -> str:
    """The address as it is stored and compared; what is no address comes back without what nobody sees."""
    text = "".join(char for char in unicodedata.normalize("NFKC", typed) if unicodedata.category(char) not in _UNSEEN)
    text = text.lower().removeprefix("mailto:")
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    local, at, domain = text.rpartition("@")
    return f"{local}{at}{_as_it_travels(domain.rstrip('.'))}" if at else text


def same_address(one: str, other: str) -> bool:
    """Whether both mean the same mailbox."""
    return clean_address(one) == clean_address(other)


def _as_it_travels(domain: str) -> str:
    """“bücher.example” as xn--bcher-kva.example; a name that can't be one stays, for the field to refuse."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain


class AddressFormField(forms.EmailField):
    """Takes an address however it was pasted, and gives it back clean."""

    def to_python(self, value: Any) -> str:
        return clean_address(super().to_python(value) or "")


class AddressField(models.EmailField):
    """An address, stored clean whoever writes it, and found by however it is written."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return clean_address(found) if isinstance(found, str) else found

    def get_prep_value(self, value: Any) -> Any:
        found = super().get_prep_value(value)
        return clean_address(found) if isinstance(found, str) else found

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": AddressFormField} | kwargs)
