"""Forms of open visits: publish one, open one that stands, ask for a place, offer one out of turn."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.text_fields import FreeTextFormField
from exchanges.forms.fields import day_field, reason_field, text_field
from exchanges.forms.visits import DatesAndPlacesForm
from exchanges.models import Visit
from matching.forms.matches import ProfileChoice
from profiles.enums import Modality
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet

# Documents are due two weeks before the start, and the two sides need a week to agree.
WEEKS_TO_PREPARE = timedelta(weeks=3)


class OpeningForm(forms.Form):
    """What visitors read of an open visit, until when they may ask, and whether they may wait."""

    outline = text_field(
        gettext_lazy("Outline"),
        rows=6,
        required=True,
        help_text=gettext_lazy("What visitors can expect on these days, and whom you would like to meet."),
    )
    last_day_to_ask = day_field(
        gettext_lazy("Last day to ask"),
        help_text=gettext_lazy("Allow time: the CTQ has to be at the Support Office two weeks before the start."),
    )
    has_waiting_list = forms.BooleanField(
        label=gettext_lazy("Keep a waiting list when all places are taken"), required=False, initial=True
    )

    OPENING = ("outline", "last_day_to_ask", "has_waiting_list")

    @classmethod
    def initial_opening_of(cls, visit: Visit) -> dict[str, Any]:
        return {
            "outline": visit.outline,
            "last_day_to_ask": visit.last_day_to_ask or visit.first_day - WEEKS_TO_PREPARE,
            "has_waiting_list": visit.has_waiting_list,
        }

    def opening_fields(self) -> dict[str, Any]:
        """What the transitions of opening take."""
        return {name: self.cleaned_data[name] for name in self.OPENING}


class PublishForm(OpeningForm, DatesAndPlacesForm):
    """A new visit that is open to visitors from its first minute."""

    host = ProfileChoice(queryset=Profile.objects.none(), label=gettext_lazy("At the host"))
    modality = forms.ChoiceField(choices=Modality.choices, label=gettext_lazy("Modality"))
    field_order = (
        "host",
        "modality",
        "title",
        "outline",
        "first_day",
        "last_day",
        "last_day_to_ask",
        "places",
        "has_waiting_list",
        "city",
        "time_zone",
    )

    def __init__(self, *args: Any, hosts: ProfileQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["city"].help_text = _("Empty: where the host is.")
        self.fields["time_zone"].required = False
        self.fields["time_zone"].help_text = _("Empty: the host country's.")
        self.fields["time_zone"].choices = [("", _("Nothing chosen")), *self.fields["time_zone"].choices]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """For which of one's own visiting profiles, and what one would like to say."""

    visitor = ProfileChoice(queryset=Profile.objects.none(), label=gettext_lazy("For the profile of"), empty_label=None)
    message = FreeTextFormField(
        label=gettext_lazy("Message"),
        required=False,
        printed=False,
        rows=5,
        help_text=gettext_lazy("Why you would like to come, and what you bring. The host reads it."),
    )

    def __init__(self, *args: Any, visitors: ProfileQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"].queryset = visitors  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """Offering a place; out of turn with the reason."""

    reason = reason_field(required=False)

    def __init__(self, *args: Any, is_out_of_turn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_out_of_turn:
            self.fields["reason"] = reason_field()
