"""The form with which visitor and host rate each other."""

from django import forms
from django.utils.translation import gettext_lazy

from exchanges.forms.fields import text_field

RATINGS = [(str(n), str(n)) for n in range(1, 6)]


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
    private_note = text_field(
        gettext_lazy("Only for your Partnership and the Support Office"),
        help_text=gettext_lazy(
            "What they should know and the other side should not. Your own organisation, your Partnership and the"
            " Support Office read it, nobody else ever."
        ),
        printed=False,
    )
