"""What happened outside the portal, as a Partnership or the Support Office enters it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Principal
from cxc.core.amounts import in_eur
from cxc.core.text_fields import OneLineFormField
from cxc.web.choice_by_name import ChoiceByName
from cxc.web.fields import AmountField
from exchanges.forms.fields import amount_field, day_field, text_field
from exchanges.forms.stay import StayForm
from exchanges.models import RecordedSubmission, Visit
from exchanges.recorded_exchange import RecordedExchange
from matching.enums import INITIATORS
from profiles.enums import Modality
from profiles.models import ExchangeType, Generation, Organisation, Partnership, Sector

INITIATOR_CHOICES = [(side.value, side.label) for side in INITIATORS]
# Fields of the form that are no values of the past exchange itself.
NOT_OF_THE_EXCHANGE = ("source", "partnership")


def _choice(label: Any, model: Any, **options: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=model.objects.all(), **options)


def _organisation(label: Any) -> ChoiceByName:
    return ChoiceByName(Organisation.objects.all(), names=["legal_name"], label=label)


class RecordedExchangeForm(StayForm):
    """One exchange that took place: who, when, what was paid, and where this is known from."""

    source = OneLineFormField(label=gettext_lazy("Source"), help_text=gettext_lazy("Where the information comes from."))
    partnership = _choice(gettext_lazy("Visitor's Partnership"), Partnership)
    visiting_organisation = _organisation(gettext_lazy("Visiting organisation"))
    host_organisation = _organisation(gettext_lazy("Host organisation"))
    host_partnership = _choice(gettext_lazy("Host's Partnership"), Partnership)
    generation = _choice(gettext_lazy("Generation"), Generation)
    modality = forms.ChoiceField(label=gettext_lazy("Modality"), choices=Modality.choices)
    initiated_by = forms.ChoiceField(label=gettext_lazy("Match initiated by"), choices=INITIATOR_CHOICES)
    confirmed = day_field(gettext_lazy("Matched on"), required=False)
    visit = ChoiceByName(
        Visit.objects.none(),
        names=["title", "host_profile__organisation__legal_name"],
        label=gettext_lazy("On the visit"),
        required=False,
        help_text=gettext_lazy("Empty: a visit of its own, on the same days."),
    )
    city = OneLineFormField(label=gettext_lazy("City"), max_length=100, required=False)
    type = _choice(gettext_lazy("Type of exchange"), ExchangeType)
    sector = _choice(gettext_lazy("Sector"), Sector)
    lump_sum = amount_field(
        gettext_lazy("Lump sum"), required=False, help_text=gettext_lazy("Empty: what the pay-out rule gives.")
    )
    payable = amount_field(gettext_lazy("Payable"), required=False)
    payable_why = text_field(gettext_lazy("Why it departs from the pay-out rule"), rows=2)
    paid_on = day_field(gettext_lazy("Paid on"), required=False)
    paid_amount = amount_field(gettext_lazy("Paid"), required=False)
    reference = OneLineFormField(label=gettext_lazy("Payment reference"), max_length=140, required=False)

    field_order = (
        *NOT_OF_THE_EXCHANGE,
        "visiting_organisation",
        "host_organisation",
        "host_partnership",
        "generation",
        "modality",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visits = Visit.objects.visible_to(actor).select_related("host_profile__organisation")
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]
        if actor.principal is not Principal.SUPPORT_OFFICE:
            del self.fields["partnership"]

    @staticmethod
    def initial_of(submission: RecordedSubmission) -> dict[str, Any]:
        return {**submission.payload, "source": submission.source}

    def clean(self) -> dict[str, Any]:
        """The visit is that host's; what was paid has its day."""
        values = super().clean() or self.cleaned_data
        visit, host = values.get("visit"), values.get("host_organisation")
        if visit and host and (visit.host_profile.organisation_id, visit.modality) != (host.pk, values.get("modality")):
            self.add_error("visit", _("This visit is at another host, or of the other modality."))
        if values.get("paid_amount") and not values.get("paid_on"):
            self.add_error("paid_on", _("Say on which day it was paid."))
        return values

    def recorded_exchange(self) -> RecordedExchange:
        """The values that are kept until they are recorded: things by their keys."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in NOT_OF_THE_EXCHANGE}
        return RecordedExchange(**{name: getattr(value, "pk", value) for name, value in given.items()})


def rows_of(submission: RecordedSubmission, actor: Actor) -> list[tuple[str, Any]]:
    """What an entry says, each with its label; things by their names."""
    form = RecordedExchangeForm(actor=actor, initial=RecordedExchangeForm.initial_of(submission))
    values = [(form[name].label, _display_value(field, form.initial.get(name))) for name, field in form.fields.items()]
    return [(str(label), value) for label, value in values if value not in (None, "")]


def _display_value(field: forms.Field, value: Any) -> Any:
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and value is not None:
        return field.queryset.model._default_manager.filter(pk=value).first()
    if isinstance(field, AmountField) and value is not None:
        return in_eur(Decimal(value))
    if isinstance(field, forms.DateField) and value is not None:
        return date_format(date.fromisoformat(value))
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value)  # type: ignore[arg-type]
    return value
