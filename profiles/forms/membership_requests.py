"""The forms of a membership request and of its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import OneLineFormField
from profiles.models import Country
from profiles.services.members import roles_in
from profiles.services.permissions import Team


class MembershipRequestForm(forms.Form):
    """Which organisation, and a word to its owners."""

    legal_name = OneLineFormField(
        label=_("Legal name of the organisation"), help_text=_("Written out, as it was registered.")
    )
    country = forms.ModelChoiceField(label=_("Country"), queryset=Country.objects.all())
    message = OneLineFormField(
        label=_("Message to its owners"),
        printed=False,
        required=False,
        help_text=_("Who you are, and why you ask. They see your name and e-mail address too."),
    )


class MembershipRequestAnswerForm(forms.Form):
    """The role of who is accepted; the sentence for who is not."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.Select(attrs={"class": "form-select"}))
    answer = OneLineFormField(
        label=_("Reason, if you refuse"),
        printed=False,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_in(team)  # type: ignore[attr-defined]
        self.fields["role"].initial = roles_in(team)[-1][0]
