"""What the catalogue can be narrowed down by: all reference data in one query."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from cxc.core.folding import by_name
from profiles.models import Country, ExchangeType, Generation, Partnership, Sector, Topic

Choice = tuple[str, Any]


@dataclass(frozen=True)
class Option:
    """One row of reference data: `value` as in the address, `group` the heading above it (or what it sorts by)."""

    of: str
    value: str
    label: str
    group: str


class Options:
    """The reference data that filters name; asks the database once."""

    def __init__(self) -> None:
        self._all = [_said(*row) for row in _rows()]

    def flat(self, of: str) -> list[Choice]:
        """Choices by name."""
        return [(option.value, option.label) for option in self._of(of)]

    def grouped(self, of: str) -> list[Choice]:
        """Choices under their headings."""
        return [
            (heading, [(option.value, option.label) for option in under])
            for heading, under in groupby(self._of(of), key=lambda option: option.group)
        ]

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """The label of each option by what it is of and its value."""
        return {(option.of, option.value): option.label for option in self._all}

    def named(self, of: str, values: list[str]) -> list[str]:
        """The labels of these values, in their order."""
        return [self.labels[of, value] for value in values if (of, value) in self.labels]

    def _of(self, of: str) -> list[Option]:
        return sorted(
            (one for one in self._all if one.of == of), key=lambda one: (by_name(one.group), by_name(one.label))
        )


def _said(of: str, value: str, label: str, group: str) -> Option:
    """In the language of the moment; generations and Partnerships have names of their own."""
    if of in {"country", "type", "topic"}:
        return Option(of, value, _(label), _(group))
    if of == "sector":
        return Option(of, value, f"{value} {_(label)}", f"{group[0]} · {_(group[1:])}")
    return Option(of, value, label, group)


def _rows() -> Any:
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
        model.objects.order_by().values_list(Value(of), *(Cast(column, CharField()) for column in columns))
        for model, of, *columns in lists
    )
    return first.union(*others, all=True)
