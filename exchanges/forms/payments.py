"""Forms of a payment: an instalment entered, and one taken back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.core.amounts import in_eur
from cxc.core.days import today_in
from cxc.core.text_fields import OneLineFormField
from exchanges.forms.fields import amount_field, day_field, reason_field
from exchanges.models import Payment
from exchanges.rules import payment_amount_problem, payment_day_problem


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
        self.fields["amount"].initial = payment.rest
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
