"""What the catalogue can be narrowed down by: all reference data in one query."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from cxc.core.compiled_queries import compiled_once
from cxc.core.folding import by_name
from profiles.models import Country, ExchangeType, Generation, Partnership, Sector, Topic

Choice = tuple[str, Any]


@dataclass(frozen=True)
class FilterOption:
    """One row of reference data: `value` as in the address, `group` the heading above it (or what it sorts by)."""

    filter_name: str
    value: str
    label: str
    group: str


class FilterOptions:
    """The reference data that filters name; asks the database once."""

    def __init__(self) -> None:
        self._all = [_translated(*row) for row in _rows()]

    def flat(self, filter_name: str) -> list[Choice]:
        """Choices by name."""
        return [(option.value, option.label) for option in self._of(filter_name)]

    def grouped(self, filter_name: str) -> list[Choice]:
        """Choices under their headings."""
        return [
            (heading, [(option.value, option.label) for option in under])
            for heading, under in groupby(self._of(filter_name), key=lambda option: option.group)
        ]

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """The label of each option by what it is of and its value."""
        return {(option.filter_name, option.value): option.label for option in self._all}

    def labels_of(self, filter_name: str, values: list[str]) -> list[str]:
        """The labels of these values, in their order."""
        return [self.labels[filter_name, value] for value in values if (filter_name, value) in self.labels]

    def _of(self, filter_name: str) -> list[FilterOption]:
        return sorted(
            (one for one in self._all if one.filter_name == filter_name),
            key=lambda one: (by_name(one.group), by_name(one.label)),
        )


def _translated(filter_name: str, value: str, label: str, group: str) -> FilterOption:
    """In the language of the moment; generations and Partnerships have names of their own."""
    if filter_name in {"country", "type", "topic"}:
        return FilterOption(filter_name, value, _(label), _(group))
    if filter_name == "sector":
        return FilterOption(filter_name, value, f"{value} {_(label)}", f"{group[0]} · {_(group[1:])}")
    return FilterOption(filter_name, value, label, group)


@compiled_once
def _rows() -> "QuerySet[Any, tuple]":
    pk = Cast("pk", CharField())
    section = Concat("section", "section_title")
    lists: tuple[tuple[Any, ...], ...] = (
        (ExchangeType, "type", F("code"), F("name"), Value("")),
        (Topic, "topic", F("code"), F("name"), F("group")),
        (Sector, "sector", F("code"), F("title"), section),
        (Generation, "generation", F("code"), F("name"), Cast("first_day", CharField())),
        (Partnership, "partnership", pk, F("acronym"), Value("")),
    )
    first = Country.objects.order_by().values_list(Value("country"), "code", "name", Value(""))
    others = (
        model.objects.order_by().values_list(Value(filter_name), *(Cast(column, CharField()) for column in columns))
        for model, filter_name, *columns in lists
    )
    return first.union(*others, all=True)
