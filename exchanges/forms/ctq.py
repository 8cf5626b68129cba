"""Forms of the CTQ: shared part, agenda, marked days, own part."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from exchanges.forms.fields import hour_field, text_field
from exchanges.models import OwnPart, SharedPart, Visit
from exchanges.rules import working_dates
from exchanges.services.agenda import Line

EMPTY_ROWS = 3


class SharedPartForm(forms.ModelForm):
    """The texts that all exchanges of a visit share. Saved by the service, not by the form."""

    class Meta:
        model = SharedPart
        fields = list(SharedPart.TEXTS)


class OwnPartForm(forms.ModelForm):
    """The texts of one exchange. Saved by the service, not by the form."""

    class Meta:
        model = OwnPart
        fields = list(OwnPart.TEXTS)


class RemarkForm(forms.Form):
    text = text_field(_("Remark"), rows=3, required=True)


def day_choices(visit: Visit) -> list[tuple[str, str]]:
    """Every day of the visit, with its weekday."""
    days = [visit.first_day + timedelta(days=n) for n in range((visit.last_day - visit.first_day).days + 1)]
    return [(day.isoformat(), date_format(day, "l j F Y")) for day in days]


class AgendaForm(forms.Form):
    """One item of the agenda; a row without title and day is left out."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=forms.DateField().to_python, empty_value=None)
    starts = hour_field(_("From"))
    ends = hour_field(_("To"))
    title = forms.CharField(label=_("What"), max_length=300)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    leader = forms.CharField(label=_("Led by"), max_length=200)
    is_feedback = forms.BooleanField(label=_("Feedback time"), required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [("", "—"), *day_choices(visit)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it begins."))
        return values

    def line(self) -> Line:
        """The item as the service takes it."""
        return Line(**{name: value for name, value in self.cleaned_data.items() if name != "DELETE"})


AgendaFormSet = forms.formset_factory(AgendaForm, extra=EMPTY_ROWS, can_delete=True, max_num=200)


def agenda_rows(visit: Visit) -> list[dict[str, Any]]:
    """The agenda as it stands, for a formset."""
    names = ("day", "starts", "ends", "title", "place", "leader", "is_feedback")
    return [{name: getattr(item, name) for name in names} for item in visit.agenda_items.all()]


class DayForm(forms.Form):
    """Marks one day of the visit, or takes its mark off."""

    BY_CALENDAR, WORKED, NOT_WORKED = "calendar", "worked", "not worked"
    day = forms.TypedChoiceField(label=_("Day"), coerce=forms.DateField().to_python)
    mark = forms.ChoiceField(
        label=_("Counts"),
        choices=[
            (WORKED, _("worked, though a weekend or holiday (the agenda has an item)")),
            (NOT_WORKED, _("not worked")),
            (BY_CALENDAR, _("as the calendar says")),
        ],
    )
    reason = forms.CharField(label=_("Why it is not worked"), max_length=300, required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = day_choices(visit)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("mark") == self.NOT_WORKED and not values.get("reason", "").strip():
            self.add_error("reason", _("Please give a reason."))
        return values


def days_of(visit: Visit) -> list[dict[str, Any]]:
    """Each day of the visit: what the calendar says, and its mark."""
    marks = {mark.day: mark for mark in visit.day_marks.all()}
    days = [visit.first_day + timedelta(days=n) for n in range((visit.last_day - visit.first_day).days + 1)]
    counting = set(working_dates(visit.host_country.pk, visit.first_day, visit.last_day))
    return [{"day": day, "counts": day in counting, "mark": marks.get(day)} for day in days]


class CopyForm(forms.Form):
    """The visit whose texts and agenda are taken over."""

    source = forms.ModelChoiceField(label=_("Copy from"), queryset=Visit.objects.none())

    def __init__(self, *args: Any, visits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = visits  # type: ignore[attr-defined]
