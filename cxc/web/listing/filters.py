"""What lists are narrowed down by; every filter stands in the address, so that a list can be shared."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.todo import overdue
from cxc.web.filters import DayFilter


class _ChoicesReadOnce(BaseChoiceIterator):
    """The choices of a field, read once for all fields of the form that choose among the same rows.

    Read when they are shown: a form that only narrows the list down has no use for them.
    """

    def __init__(self, field: Any, read: dict[str, list[tuple[Any, Any]]]) -> None:
        self._field, self._read = field, read

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        key = f"{self._field.queryset.query} {self._field.to_field_name}"
        nothing = [] if self._field.empty_label is None else [("", self._field.empty_label)]
        if key not in self._read:
            self._read[key] = list(islice(self._field.choices, len(nothing), None))
        yield from (*nothing, *self._read[key])


class FilterForm(forms.Form):
    """Refuses days in the wrong order, with a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read: dict[str, list[tuple[Any, Any]]] = {}
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.widget.choices = _ChoicesReadOnce(field, read)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, last in list(values.items()):
            if name != "to" and not name.endswith("_to"):
                continue
            first = values.get(f"{name.removesuffix('to')}from")
            if first and last and last < first:
                self.add_error(name, gettext("The last day is before the first."))
        return values


class ListFilter(django_filters.FilterSet):
    """A filter of a list. `late_paths`: by which kinds of things its rows can be late."""

    late_paths: overdue.Paths = {}

    class Meta:
        form = FilterForm

    @classmethod
    def add_filters(cls, **filters: django_filters.Filter) -> None:
        """Add filters: from an app above, or with names that are words of the language."""
        for name, one in filters.items():
            cls.base_filters[name] = one

    def by_overdue(self, rows: QuerySet, _name: str, code: str) -> QuerySet:
        """The rows on which this is late."""
        return overdue.late_rows(rows, code, self.late_paths, overdue.seen_by(self.request.actor))


def late_filter(paths: overdue.Paths) -> django_filters.ChoiceFilter:
    """Narrow down to what is late, or to one thing that is owed. For a `ListFilter` with these `late_paths`."""
    return django_filters.ChoiceFilter(
        label=_("Late"), choices=lambda: overdue.choices(paths), method="by_overdue", empty_label=_("Late or not")
    )


def days_filter(label: Any, field_name: str, lookup: str) -> DayFilter:
    """A day from which (`gte`), or until which (`lte`)."""
    return DayFilter(label=label, field_name=field_name, lookup_expr=lookup)


def multi_choice(
    label: Any, choices: Any, field_name: str | None = None, **options: Any
) -> django_filters.MultipleChoiceFilter:
    """Several of a few words."""
    return django_filters.MultipleChoiceFilter(
        label=label,
        choices=choices,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )
