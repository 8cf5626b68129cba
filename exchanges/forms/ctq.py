"""Forms of the CTQ: shared part, agenda, marked days, own part."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import OneLineFormField
from cxc.web.fields import let_texts_grow
from exchanges.forms import help_texts
from exchanges.forms.fields import add_help_texts, text_field
from exchanges.models import OwnPart, SharedPart, Visit
from exchanges.rules.stay import working_dates


class SharedPartForm(forms.ModelForm):
    """The texts that all exchanges of a visit share. Saved by the service, not by the form."""

    class Meta:
        model = SharedPart
        fields = list(SharedPart.TEXTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_texts_grow(self)
        add_help_texts(self, help_texts.SHARED_PART, self.instance.needed, before=help_texts.BEFORE_VALIDATION)


class OwnPartForm(forms.ModelForm):
    """The texts of one exchange. Saved by the service, not by the form."""

    class Meta:
        model = OwnPart
        fields = list(OwnPart.TEXTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_texts_grow(self)
        add_help_texts(self, help_texts.OWN_PART, OwnPart.NEEDED, before=help_texts.BEFORE_VALIDATION)


class RemarkForm(forms.Form):
    text = text_field(_("Remark"), rows=3, required=True, printed=False)


def day_choices(visit: Visit) -> list[tuple[str, str]]:
    """Every day of the visit, with its weekday."""
    days = [visit.first_day + timedelta(days=n) for n in range((visit.last_day - visit.first_day).days + 1)]
    return [(day.isoformat(), date_format(day, "l j F Y")) for day in days]


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
    reason = OneLineFormField(label=_("Why it is not worked"), required=False)

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


def marks_of(visit: Visit) -> dict[str, str]:
    """Each day of the visit, and how it is marked."""
    marks = {mark.day.isoformat(): mark for mark in visit.day_marks.all()}
    found = dict.fromkeys((day for day, _label in day_choices(visit)), "")
    for day, mark in marks.items():
        found[day] = mark_text(DayForm.WORKED if mark.is_worked else DayForm.NOT_WORKED, mark.reason)
    return found


def mark_text(mark: str, reason: str) -> str:
    """A mark as text that can be compared; '' where the calendar decides."""
    return "" if mark == DayForm.BY_CALENDAR else f"{mark} {reason}".strip()


class CopyForm(forms.Form):
    """The visit whose texts and agenda are taken over."""

    source = forms.ModelChoiceField(label=_("Copy from"), queryset=Visit.objects.none())

    def __init__(self, *args: Any, visits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = visits  # type: ignore[attr-defined]
