"""What a Partnership decides on one submitted profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.text_fields import FreeTextFormField
from profiles.enums import OrganisationKind
from profiles.models import Profile
from profiles.services.review import Decision

DECIDE_LATER = ""
CHOICES_WITH_REASON = ("send_back", "refuse")
PUBLISH_LABEL = gettext_lazy("Publish: I have read it, and confirm that the organisation may take part")
PUBLISH_NETWORK_LABEL = gettext_lazy("Publish: I have read it, and confirm that the network is similar to a cluster")


class DecisionForm(forms.Form):
    """Publish, send back, refuse, or nothing yet."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    reason = FreeTextFormField(
        label=gettext_lazy("Reason, if you send it back or refuse it"),
        help_text=gettext_lazy("The organisation reads it."),
        required=False,
        printed=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, prefix=prefix_of(profile.pk), initial={"choice": DECIDE_LATER})
        self.profile = profile
        is_network = profile.organisation.kind == OrganisationKind.BUSINESS_NETWORK
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            ("publish", PUBLISH_NETWORK_LABEL if is_network else PUBLISH_LABEL),
            ("send_back", gettext_lazy("Send it back to be changed")),
            ("refuse", gettext_lazy("Refuse it")),
            (DECIDE_LATER, gettext_lazy("Decide later")),
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("choice") in CHOICES_WITH_REASON and not (values.get("reason") or "").strip():
            self.add_error("reason", _("Please give a reason."))
        return values

    def to_decision(self) -> Decision | None:
        """Of a valid form; None where nothing is decided yet."""
        choice = self.cleaned_data["choice"]
        return Decision(self.profile, choice, self.cleaned_data["reason"].strip()) if choice else None


def prefix_of(pk: int) -> str:
    return f"profile-{pk}"
