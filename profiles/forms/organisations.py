"""Forms of organisations and of teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.email_addresses import AddressFormField
from cxc.core.text_fields import FreeTextFormField, WebAddressFormField
from cxc.workflow.merge import digests, values_of
from profiles.enums import ProfileKind
from profiles.forms.clusters import ClusterForm
from profiles.models import Organisation
from profiles.postal import LABELS
from profiles.queries.generations import open_generations
from profiles.services.members import roles_in
from profiles.services.organisations import CONSENT_FIELDS, IDENTITY_FIELDS, PLAIN_FIELDS
from profiles.services.permissions import Team

_FIELD_ORDER = (
    "legal_name",
    "kind",
    "country",
    "street",
    "postal_code",
    "city",
    "website",
    "registration_number",
    "sector",
    "staff_count",
    "cluster",
    "mission",
    "named_in_public",
)


# What a browser knows of the person's own organisation.
_AUTOCOMPLETE_TOKENS = {
    "legal_name": "organization",
    "country": "country",
    "street": "address-line1",
    "postal_code": "postal-code",
    "city": "address-level2",
    "website": "url",
}


def _website() -> WebAddressFormField:
    return WebAddressFormField(label=_("Website"), required=False)


class _OrganisationBase(forms.ModelForm):
    """What the forms of an organisation share: web addresses in full, the address and number that contracts print."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in _AUTOCOMPLETE_TOKENS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = token
        for name in set(LABELS) & set(self.fields):
            self.fields[name].required = True
        if "registration_number" in self.fields:
            self.fields["registration_number"].help_text = _(
                "Of the trade or association register, or for VAT. Write “none” if your organisation has none."
            )

    def _get_validation_exclusions(self) -> set[str]:
        """Leaves `one_organisation_a_name` to the service, which tells first what may be the same."""
        return super()._get_validation_exclusions() | {"country"}  # type: ignore[misc]


class RegisterForm(ClusterForm, _OrganisationBase):
    """A new organisation. `register_anyway` is ticked when a similar one was shown and this is another."""

    first_profile_kind = forms.ChoiceField(
        label=_("What would you like to do next?"),
        choices=[
            (ProfileKind.VISITING.value, _("Visit a host: begin a profile at once")),
            (ProfileKind.HOST.value, _("Host visitors: begin a profile at once")),
            ("", _("Only register for now")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )
    website = _website()
    register_anyway = forms.BooleanField(
        label=_("This is another organisation: register it all the same"), required=False
    )

    class Meta:
        model = Organisation
        fields = tuple(name for name in _FIELD_ORDER if name not in CONSENT_FIELDS)

    def __init__(self, *args: Any, similar_found: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not similar_found:
            del self.fields["register_anyway"]
        if not open_generations().exists():
            del self.fields["first_profile_kind"]


class VersionedForm(_OrganisationBase):
    """Carries the version that was read, so that nobody's text is overwritten unseen."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version_read"].initial = self.instance.row_version
        self.fields["base"].initial = digests(values_of(self.instance, self._meta.fields or ()))

    def edited_values(self) -> dict[str, Any]:
        """What was typed into the record's own fields."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


class OrganisationForm(VersionedForm):
    """Everything that eligibility does not depend on.

    `may_agree`: whether the reader may agree that the organisation is named in public. Everybody may take that back.
    """

    website = _website()

    class Meta:
        model = Organisation
        fields = tuple(name for name in _FIELD_ORDER if name in PLAIN_FIELDS)

    def __init__(self, *args: Any, may_agree: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (may_agree or self.instance.named_in_public):
            del self.fields["named_in_public"]


class IdentityForm(ClusterForm, VersionedForm):
    """Kind, country and cluster, with the reason why they change."""

    reason = FreeTextFormField(label=_("Reason"), printed=False, rows=3)

    class Meta:
        model = Organisation
        fields = tuple(name for name in _FIELD_ORDER if name in IDENTITY_FIELDS)


class JointSignaturesForm(forms.Form):
    """Whether two signatories sign jointly."""

    are_joint = forms.BooleanField(required=False, label=_("Two people sign each document jointly"))


class MembershipForm(forms.Form):
    """A member's role and right to sign."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.Select(attrs={"class": "form-select"}))
    is_signatory = forms.BooleanField(
        label=_("May sign"), required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_in(team)  # type: ignore[attr-defined]


class InviteForm(MembershipForm):
    """An address to invite."""

    email = AddressFormField(label=_("E-mail"))
    field_order = ("email", "role", "is_signatory")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, team=team, **kwargs)
        # The role that may do least comes last, and is offered first.
        self.fields["role"].initial = roles_in(team)[-1][0]
