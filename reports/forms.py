"""What statistics are asked for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.folding import folded
from cxc.web.fields import DayField
from profiles.enums import Modality
from profiles.models import Generation, Partnership
from reports.statistics import Filters


class PartnershipField(forms.ModelChoiceField):
    """A Partnership by its acronym, or by its id."""

    def to_python(self, value: Any) -> Partnership | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = self._find(text)
        if found is None:
            raise ValidationError(_("There is no Partnership “%(value)s”.") % {"value": text})
        return found

    def _find(self, text: str) -> Partnership | None:
        try:
            found: Partnership | None = self.queryset.filter(acronym__folded=folded(text)).first()  # type: ignore[union-attr]
            return found or (self.queryset.filter(pk=int(text)).first() if text.isdecimal() else None)  # type: ignore[union-attr]
        except ValueError:  # characters or numbers that the database does not know
            return None


class StatisticsForm(forms.Form):
    """The parameters `generation`, `partnership`, `modality`, `from` and `to`, all optional.

    `from` and `to` are inclusive and speak of the start date of an exchange.
    """

    generation = forms.ModelChoiceField(
        Generation.objects.all(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Generation"),
        empty_label=gettext_lazy("All generations"),
        error_messages={"invalid_choice": gettext_lazy("There is no generation of this code.")},
    )
    partnership = PartnershipField(
        Partnership.objects.all(),
        to_field_name="acronym",
        required=False,
        label=gettext_lazy("Visitor's Partnership"),
        empty_label=gettext_lazy("All Partnerships"),
    )
    modality = forms.ChoiceField(
        choices=[("", gettext_lazy("Physical and virtual")), *Modality.choices],
        required=False,
        label=gettext_lazy("Modality"),
        error_messages={"invalid_choice": gettext_lazy("The modality is “physical” or “virtual”.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        # `from` is a word of the language: such fields can't be declared as attributes.
        self.fields["from"] = DayField(label=gettext_lazy("Starts from"), required=False)
        self.fields["to"] = DayField(label=gettext_lazy("Starts until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day is before the first."))
        if strange := sorted(set(self.data) - set(self.fields)):
            self.add_error(
                None,
                _("Unknown parameter: %(names)s. There are %(known)s.")
                % {"names": ", ".join(strange), "known": ", ".join(self.fields)},
            )
        return cleaned

    def filters(self) -> Filters:
        """What was asked for; only of a valid form."""
        cleaned = self.cleaned_data
        return Filters(
            cleaned["generation"], cleaned["partnership"], cleaned["modality"] or "", cleaned["from"], cleaned["to"]
        )

    def sentences(self) -> list[str]:
        """What is wrong, each with the parameter's name."""
        return [
            str(error) if name == "__all__" else f"{name}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        ]


class FunnelForm(forms.Form):
    """Whose funnel an office wants to see; the generation stays."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.all(),
        to_field_name="acronym",
        required=False,
        label=gettext_lazy("Partnership"),
        empty_label=gettext_lazy("All Partnerships"),
    )
    generation = forms.CharField(widget=forms.HiddenInput)
