"""What happened outside the portal, as the Support Office enters it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.forms.building import StayForm
from exchanges.forms.fields import amount_field, day_field, text_field
from exchanges.models import Visit
from profiles.enums import Modality, ProfileKind
from profiles.models import ExchangeType, Profile, Sector


class RecordForm(StayForm):
    """One exchange that took place: who, when, what was paid, and where this is known from."""

    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Where this is known from.")
    )
    visiting = forms.ModelChoiceField(label=gettext_lazy("Visiting profile"), queryset=Profile.objects.none())
    host = forms.ModelChoiceField(label=gettext_lazy("Host profile"), queryset=Profile.objects.none())
    modality = forms.ChoiceField(label=gettext_lazy("Modality"), choices=Modality.choices)
    matched_on = day_field(gettext_lazy("Matched on"))
    visit = forms.ModelChoiceField(
        label=gettext_lazy("On the visit"),
        queryset=Visit.objects.none(),
        required=False,
        help_text=gettext_lazy("Empty: a visit of its own, on the same days."),
    )
    type = forms.ModelChoiceField(label=gettext_lazy("Type of exchange"), queryset=ExchangeType.objects.all())
    sector = forms.ModelChoiceField(label=gettext_lazy("Sector"), queryset=Sector.objects.all())
    lump_sum = amount_field(
        gettext_lazy("Lump sum (EUR)"), required=False, help_text=gettext_lazy("Empty: what the pay-out rule gives.")
    )
    payable = amount_field(gettext_lazy("Payable (EUR)"), required=False)
    payable_why = text_field(gettext_lazy("Why it departs from the pay-out rule"), rows=2)
    paid_on = day_field(gettext_lazy("Paid on"), required=False)
    paid_amount = amount_field(gettext_lazy("Paid (EUR)"), required=False)
    reference = forms.CharField(label=gettext_lazy("Payment reference"), max_length=140, required=False)

    field_order = ("source", "visiting", "host", "modality", "matched_on", "visit", "start", "end", "type", "sector")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = Profile.objects.published().with_faces()
        self.fields["visiting"].queryset = profiles.filter(kind=ProfileKind.VISITING)  # type: ignore[attr-defined]
        self.fields["host"].queryset = profiles.filter(kind=ProfileKind.HOST)  # type: ignore[attr-defined]
        visits = Visit.objects.select_related("host_profile__organisation")
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The visit is that host's, in that modality; who was paid less is told why."""
        values = super().clean() or self.cleaned_data
        visit, host = values.get("visit"), values.get("host")
        if visit and host and (visit.host_profile_id, visit.modality) != (host.pk, values.get("modality")):
            self.add_error("visit", _("This visit is at another host profile, or of the other modality."))
        if values.get("paid_amount") and not values.get("paid_on"):
            self.add_error("paid_on", _("Say on which day it was paid."))
        return values

    def exchange_facts(self) -> dict[str, Any]:
        """What the exchange itself is recorded with, by name."""
        names = (
            "type",
            "sector",
            "start",
            "end",
            "lump_sum",
            "payable",
            "payable_why",
            "paid_on",
            "paid_amount",
            "reference",
        )
        return {name: self.cleaned_data[name] for name in names}
