"""The form of what a Partnership's contracts print of it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import OneLineFormField
from profiles.models import CoordinatingOrganisation, Participation, Partnership


class ContractDetailsForm(forms.ModelForm):
    """The coordinating organisation, and a grant agreement number for each generation."""

    class Meta:
        model = CoordinatingOrganisation
        fields = ("legal_name", "registration_number", "street", "postal_code", "city", "country")

    def __init__(self, data: Any = None, *, partnership: Partnership) -> None:
        super().__init__(data, instance=partnership.coordinating_organisation_or_none)
        self.fields["email"] = Partnership._meta.get_field("email").formfield(initial=partnership.email)
        self.participations = list(partnership.participations.select_related("generation"))
        for row in self.participations:
            self.fields[_name(row)] = OneLineFormField(
                label=format_lazy(_("Grant agreement number, {generation}"), generation=row.generation.name),
                max_length=60,
                required=False,
                initial=row.grant_agreement_number,
            )

    @property
    def organisation(self) -> dict[str, Any]:
        """The fields of the coordinating organisation."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def email(self) -> str:
        """The contact e-mail address of the Partnership."""
        return str(self.cleaned_data["email"])

    @property
    def grants(self) -> dict[int, str]:
        """The grant agreement number of each participation, by its primary key."""
        return {row.pk: self.cleaned_data[_name(row)] for row in self.participations}


def _name(row: Participation) -> str:
    return f"grant_{row.pk}"
