"""The form with which a piece of evidence is handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.text_fields import OneLineFormField
from cxc.web.uploads import FileField
from exchanges.enums import EvidenceKind
from exchanges.models import Exchange


class EvidenceForm(forms.Form):
    """A document that shows that the stay took place."""

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


class HostLetterForm(forms.Form):
    """One letter of the host for several exchanges."""

    file = FileField(label=gettext_lazy("The host's letter"))
    note = OneLineFormField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("Stands beside the letter in each exchange."),
    )
