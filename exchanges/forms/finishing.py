"""Forms of an exchange under way and after: actual figures, evidence, report, money, feedback."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.amounts import in_eur
from cxc.core.text_fields import OneLineFormField
from cxc.web.fields import let_texts_grow
from cxc.web.uploads import FileField
from exchanges.enums import EvidenceKind
from exchanges.forms import help_texts
from exchanges.forms.building import StayForm
from exchanges.forms.fields import amount_field, explain, reason_field, text_field
from exchanges.models import Exchange, FinalActivityReport

RATINGS = [(str(n), str(n)) for n in range(1, 6)]


class ActualForm(StayForm):
    """What happened: dates, the days not worked with the reason of each, and why it is corrected."""

    field_order = ("start", "end")

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        off = {row.day: row.reason for row in exchange.days_not_worked.all()}
        self.days = days_that_could_be_off(exchange)
        for day in self.days:
            label = _("%(day)s not worked, because") % {"day": date_format(day, "D j F Y")}
            self.fields[f"off_{day}"] = OneLineFormField(label=label, required=False, initial=off.get(day, ""))
        self.fields["reason"] = reason_field()

    @staticmethod
    def initial_of(exchange: Exchange) -> dict[str, Any]:
        return {"start": exchange.actual_start, "end": exchange.actual_end}

    def days_off(self) -> dict[date, str]:
        """The days not worked within the stay, each with its reason."""
        values = self.cleaned_data
        off = {day: values[f"off_{day}"].strip() for day in self.days if values["start"] <= day <= values["end"]}
        return {day: reason for day, reason in off.items() if reason}


def days_that_could_be_off(exchange: Exchange) -> list[date]:
    """The days of the stay that count, so that one could be missing."""
    first = exchange.agreed_start or exchange.visit.first_day
    last = exchange.agreed_end or exchange.visit.last_day
    return exchange.days_counted(first, last)


class PayableForm(forms.Form):
    """What is payable: what the rule gives, or another amount with the reason."""

    amount = amount_field(
        gettext_lazy("Another amount"),
        required=False,
        help_text=gettext_lazy("Empty: what the pay-out rule gives."),
    )
    why = text_field(gettext_lazy("Why it departs from the pay-out rule"), rows=3)

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exchange = exchange

    def clean(self) -> dict[str, Any]:
        """Never above the agreement; a departure has its reason."""
        values = super().clean() or self.cleaned_data
        amount, most = values.get("amount"), self.exchange.agreed_lump_sum
        if amount is not None and most is not None and amount > most:
            self.add_error("amount", _("Not above the Financial Agreement's %(most)s.") % {"most": in_eur(most)})
        if amount is not None and amount != self.exchange.payable_by_rule() and not values.get("why", "").strip():
            self.add_error("why", _("Please say why it departs from the rule."))
        return values


class EvidenceForm(forms.Form):
    """A paper that shows that the stay took place."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=EvidenceKind.choices)
    note = OneLineFormField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("What the file shows, for example: hotel, three nights."),
    )
    file = FileField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, exchange: Exchange, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sides_of(actor, exchange) == {Side.HO}:
            letter = [choice for choice in EvidenceKind.choices if choice[0] == EvidenceKind.HOST_LETTER]
            self.fields["kind"].choices = letter  # type: ignore[attr-defined]


class ReportForm(forms.ModelForm):
    """The Final Activity Report. Saved by the service, not by the form."""

    class Meta:
        model = FinalActivityReport
        fields = list(FinalActivityReport.TEXTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_texts_grow(self)
        explain(self, help_texts.REPORT, FinalActivityReport.COMPULSORY, before=help_texts.BEFORE_SUBMITTING)


class SubmitForForm(forms.Form):
    """A report submitted for the visitor: why, and the paper or mail it comes from."""

    file = FileField(label=gettext_lazy("The paper or mail that the report comes from"))
    reason = reason_field()


class CancelForm(forms.Form):
    """Cancel, with why; the match may go too, which frees place and visitor."""

    reason = reason_field()
    with_match = forms.BooleanField(
        label=gettext_lazy("Cancel the match too: this frees the place and the visitor"), required=False
    )


class FeedbackForm(forms.Form):
    """What one side says of the other."""

    rating = forms.TypedChoiceField(
        label=gettext_lazy("Rating (5 is best)"), choices=RATINGS, coerce=int, widget=forms.RadioSelect
    )
    text = text_field(
        gettext_lazy("In your words"),
        help_text=gettext_lazy(
            "What went well and what could be better: the other side reads it once both have written, and 14 days after"
            " the end at the latest."
        ),
        printed=False,
    )


class TakeBackForm(forms.Form):
    """Nothing to fill in: sending it says that the yes is taken back."""

    sure = forms.BooleanField(label=gettext_lazy("We did not agree, and take the yes back"))
