"""Forms that cancel an exchange, or take back a yes given outside the portal."""

from django import forms
from django.utils.translation import gettext_lazy

from exchanges.forms.fields import reason_field


class CancelForm(forms.Form):
    """Cancel, with why; the match may go too, which frees place and visitor."""

    reason = reason_field()
    with_match = forms.BooleanField(
        label=gettext_lazy("Cancel the match too: this frees the place and the visitor"), required=False
    )


class TakeBackForm(forms.Form):
    """Nothing to fill in: sending it says that the yes is taken back."""

    sure = forms.BooleanField(label=gettext_lazy("We did not agree, and take the yes back"))
