"""Forms of a visit: create or copy it, change dates and places, add exchanges, hand over the lead."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.text_fields import OneLineFormField
from exchanges.forms.fields import day_field, zone_choices
from exchanges.models import Visit
from matching.models import Match
from profiles.models import Partnership


class DatesAndPlacesForm(forms.Form):
    """Dates, time zone, places, title and city of a visit."""

    title = OneLineFormField(label=gettext_lazy("Title"), max_length=150, required=False)
    city = OneLineFormField(label=gettext_lazy("City"), max_length=100, required=False)
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("The day begins and ends by the clocks there."),
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Empty: as many as the host profile has."),
    )

    DATES_AND_PLACES = ("title", "city", "first_day", "last_day", "time_zone", "places")

    @classmethod
    def initial_of(cls, visit: Visit) -> dict[str, Any]:
        return {name: getattr(visit, name) for name in cls.DATES_AND_PLACES}

    def dates_and_places(self) -> dict[str, Any]:
        """The fields of the visit, by name."""
        return {name: self.cleaned_data[name] for name in self.DATES_AND_PLACES}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return values


class MatchesField(forms.ModelMultipleChoiceField):
    """Confirmed matches, several at once."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, match: Any) -> str:
        visitor = match.visiting_profile
        return f"{visitor.organisation} ({visitor.organisation.country}), {visitor.partnership}"


class MatchesForm(forms.Form):
    """The confirmed matches whose visitors come: all by one tick, or each by its own."""

    needs_visitor: ClassVar = True
    all_visitors = forms.BooleanField(required=False)
    visitors = MatchesField(label=gettext_lazy("Visitors"), queryset=Match.objects.none(), required=False)

    def __init__(self, *args: Any, matches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitors"].queryset = matches  # type: ignore[attr-defined]
        self.count = matches.count()
        self.fields["all_visitors"].label = _("All visitors (%(count)s)") % {"count": self.count}
        if self.count < 2:
            del self.fields["all_visitors"]

    def clean_visitors(self) -> Any:
        """Those that were chosen; all of them where that is ticked."""
        if self.cleaned_data.get("all_visitors"):
            return self.fields["visitors"].queryset  # type: ignore[attr-defined]
        if self.needs_visitor and not self.cleaned_data["visitors"]:
            raise forms.ValidationError(_("Choose at least one visitor."))
        return self.cleaned_data["visitors"]


class CreateForm(DatesAndPlacesForm, MatchesForm):
    """A new visit, and the exchanges that begin on it."""

    needs_visitor: ClassVar = False
    field_order = ("all_visitors", "visitors", *DatesAndPlacesForm.DATES_AND_PLACES)

    def __init__(self, *args: Any, matches: Any, **kwargs: Any) -> None:
        super().__init__(*args, matches=matches, **kwargs)
        if not self.count:
            del self.fields["visitors"]  # a host: the match that it begins with is said above the form

    def clean(self) -> dict[str, Any]:
        return {"visitors": []} | super().clean()


class CopyVisitForm(forms.Form):
    """The first day of the copy, and its title."""

    first_day = day_field(
        gettext_lazy("First day"),
        help_text=gettext_lazy("What is on the third working day of this visit is on the third one of the copy."),
    )
    title = OneLineFormField(label=gettext_lazy("Title"), max_length=150, required=False)


class VisitField(forms.ModelChoiceField):
    """A visit with its days and lead."""

    def label_from_instance(self, visit: Any) -> str:
        days = f"{date_format(visit.first_day)} – {date_format(visit.last_day)}"
        return f"{visit}, {days}, {visit.lead}"


class JoinForm(forms.Form):
    """The visit that a matched visitor joins."""

    visit = VisitField(label=gettext_lazy("Visit"), queryset=Visit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, visits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]


class LeadForm(forms.Form):
    """The Partnership that leads from now on."""

    partnership = forms.ModelChoiceField(label=gettext_lazy("New lead"), queryset=Partnership.objects.none())

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Partnership.objects.filter(pk__in=visit.partnership_ids()).exclude(pk=visit.lead_id)
        self.fields["partnership"].queryset = others  # type: ignore[attr-defined]
