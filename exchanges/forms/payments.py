"""Forms of the payment: the payable amount, an instalment entered, and one taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.core.amounts import in_eur
from cxc.core.days import today_in
from cxc.core.text_fields import OneLineFormField
from exchanges.forms.fields import amount_field, day_field, reason_field, text_field
from exchanges.models import Exchange, Payment
from exchanges.rules.money import payment_amount_problem, payment_day_problem


class PayForm(forms.Form):
    """The payment as the Partnership made it, in full or in part."""

    paid_on = day_field(gettext_lazy("Paid on"))
    amount = amount_field(
        gettext_lazy("Amount"), help_text=gettext_lazy("Less than what is due is an instalment: the rest stays due.")
    )
    reference = OneLineFormField(
        label=gettext_lazy("Reference"),
        max_length=140,
        help_text=gettext_lazy("As it stands on your bank statement, for example a transfer number."),
    )

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payment = payment
        self.fields["amount"].initial = payment.amount_due
        self.fields["paid_on"].initial = today_in(payment.exchange.vop.seat)

    def clean_paid_on(self) -> date:
        """Not before the payment arose, not after today at the Partnership's seat."""
        day: date = self.cleaned_data["paid_on"]
        if problem := payment_day_problem(self.payment, day, clock.now()):
            raise forms.ValidationError(problem)
        return day

    def clean_amount(self) -> Decimal:
        """Not above what is still due."""
        amount: Decimal = self.cleaned_data["amount"]
        if problem := payment_amount_problem(self.payment, amount):
            raise forms.ValidationError(problem)
        return amount


class TakeBackInstalmentForm(forms.Form):
    """Which instalment was not paid after all, and why."""

    instalment = forms.TypedChoiceField(label=gettext_lazy("Instalment"), coerce=int, widget=forms.RadioSelect)
    reason = reason_field()

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.pk, f"{date_format(one.paid_on)}: {in_eur(one.amount)} ({one.reference})")
            for one in payment.instalments.all()
        ]
        self.fields["instalment"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["instalment"].initial = choices[0][0]


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
