"""The form with which an organisation is brought in on behalf."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cxc.core.email_addresses import AddressFormField
from profiles.enums import ProfileKind
from profiles.forms.generations import GenerationField
from profiles.forms.organisations import RegisterForm
from profiles.queries.generations import open_generations


class OnBehalfForm(RegisterForm):
    """An organisation, who is to own it, and its first profile."""

    owner_email = AddressFormField(
        label=_("E-mail of its owner"), help_text=_("Is invited, and manages the organisation from then on.")
    )
    profile_kind = forms.ChoiceField(label=_("Its first profile"), choices=ProfileKind.choices)
    generation = GenerationField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("first_profile_kind", None)
        for name in ("street", "postal_code", "registration_number"):
            field = self.fields[name]
            field.required = False
            field.help_text = format_lazy("{} {}", field.help_text, _("Needed before the profile is submitted."))
        self.fields["generation"].queryset = open_generations()  # type: ignore[attr-defined]
