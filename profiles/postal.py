"""Postal address and registration number of an organisation or coordinating organisation, as documents print them."""

from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc.core.models.text import OneLineField

NO_NUMBER = "none"
"""Stored where a body states that it has no registration number."""
_NONE_AS_TYPED = frozenset({"none", "aucun", "aucune"})

LABELS = {
    "street": _("the street and number"),
    "postal_code": _("the postal code"),
    "city": _("the city"),
    "registration_number": _("the registration number (or “none”)"),
}
"""What a contract prints of a body besides its name and country, as written inside a sentence."""


def says_none(number: str) -> bool:
    """Whether somebody stated that there is no registration number."""
    return number.strip().casefold() in _NONE_AS_TYPED


class RegistrationNumberField(OneLineField):
    """A registration number; "none" in any spelling is stored as `NO_NUMBER`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = str(super().pre_save(model_instance, add) or "")
        value = NO_NUMBER if says_none(value) else value
        setattr(model_instance, self.attname, value)
        return value


class PostalAddress:
    """To be mixed in: address and registration number as pages and documents show them."""

    @property
    def street_and_city(self: "Addressed") -> str:
        """Street, postal code and city on one line, without what is not stated."""
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part)

    @property
    def has_registration_number(self: "Addressed") -> bool:
        """False where none is stated, and where it is stated that there is none."""
        return self.registration_number not in {"", NO_NUMBER}


class Addressed(Protocol):
    """A body with an address."""

    street: str
    postal_code: str
    city: str
    registration_number: str


def missing_address_fields(body: Addressed) -> dict[str, str]:
    """The compulsory fields that are empty, each with its name for a person."""
    return {name: str(label) for name, label in LABELS.items() if not getattr(body, name).strip()}
