"""The agenda's form: a line each, checked where it stands; which lines run at the same time is asked."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from cxc.core.text_fields import OneLineFormField
from exchanges.forms.agenda_rows import NAMES, Row
from exchanges.forms.ctq import day_choices
from exchanges.forms.fields import hour_field
from exchanges.models import AgendaItem, Visit
from exchanges.services.agenda import AgendaLine

MAX_LINES = 100


class AgendaForm(forms.Form):
    """One line of the agenda; one without title, times and leader is left out. `key` stays with a line on its way."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    starts = hour_field(_("From"))
    ends = hour_field(_("To"))
    title = OneLineFormField(label=_("What"))
    leader = OneLineFormField(label=_("Led by"))
    place = OneLineFormField(label=_("Where"), required=False)
    day = forms.TypedChoiceField(label=_("Day"), coerce=forms.DateField().to_python, empty_value=None)
    is_feedback = forms.BooleanField(label=_("Feedback time"), required=False)

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = day_choices(visit)  # type: ignore[attr-defined]
        for each in self.fields.values():
            # The browser must not stop the buttons that only move lines about.
            each.widget.is_required = False

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it but perhaps its day."""
        return not any(str(self[name].value() or "").strip() for name in ("starts", "ends", "title", "leader", "place"))

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.is_blank:
            self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it begins."))
        return values

    def line(self) -> AgendaLine:
        """The item as the service takes it."""
        return AgendaLine(**{name: self.cleaned_data[name] for name in NAMES})


class AgendaRows(forms.BaseFormSet):
    """All lines. Two at the same time are told at the later one, unless it is said that this is meant."""

    def clean(self) -> None:
        self.overlaps = False
        if any(self.errors) or "parallel" in self.data:
            return
        lines = [(form.line(), form) for form in self.filled()]
        for before, form in clashes(lines):
            self.overlaps = True
            sentence = _("At the same time as “%(title)s” (%(starts)s–%(ends)s).")
            values = {"title": before.title, "starts": f"{before.starts:%H:%M}", "ends": f"{before.ends:%H:%M}"}
            form.add_error("starts", sentence % values)

    def filled(self) -> list[AgendaForm]:
        """The rows that make lines."""
        return [form for form in self.forms if not form.is_blank]


AgendaFormSet = forms.formset_factory(AgendaForm, formset=AgendaRows, extra=0, max_num=MAX_LINES, validate_max=True)


def clashes(lines: Iterable[tuple[AgendaLine, AgendaForm]]) -> Iterable[tuple[AgendaLine, AgendaForm]]:
    """Each line that begins before an earlier one of its day has ended, with that one and its form."""
    last: dict[date, AgendaLine] = {}
    for line, form in sorted(lines, key=lambda pair: (pair[0].day, pair[0].starts, pair[0].ends)):
        before = last.get(line.day)
        if before is not None and line.starts < before.ends:
            yield before, form
        if before is None or line.ends > before.ends:
            last[line.day] = line


def rows_of(items: Iterable[AgendaItem | AgendaLine]) -> list[Row]:
    """Items as typed rows."""
    return [Row({name: _text(getattr(item, name)) for name in NAMES}) for item in items]


def _text(value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "on" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value)


def first_rows(visit: Visit) -> list[Row]:
    """The agenda as it stands; an empty one begins with a blank line for each working day."""
    if items := list(visit.agenda_items.all()):
        return rows_of(items)
    days = [day for day, _label in day_choices(visit)]
    weekdays = [day for day in days if date.fromisoformat(day).weekday() < 5]
    return [Row({"day": day}) for day in (weekdays or days)[:10]]


def days_with(visit: Visit, rows: forms.BaseFormSet) -> list[dict[str, Any]]:
    """Each day of the visit with its forms, in their order."""
    known = dict(day_choices(visit))
    first = next(iter(known))
    found: dict[str, list[Any]] = {day: [] for day in known}
    for form in rows.forms:
        day = str(form["day"].value() or "")
        found[day if day in found else first].append(form)
    return [{"iso": day, "label": known[day], "forms": forms_of} for day, forms_of in found.items()]
