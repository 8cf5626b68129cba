"""Whose dashboard it is, for which generation, and how its numbers lead into the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from cxc.access.scoped import Side
from cxc.core.links import EVERYTHING
from profiles.enums import ProfileKind
from profiles.models import Generation, Partnership

# The two sides on which a Partnership stands: as VOP for its visitors, as HOP for its hosts.
SIDES = (Side.VOP, Side.HOP)
KINDS = {Side.VOP: ProfileKind.VISITING, Side.HOP: ProfileKind.HOST}
# The lists' parameter for each side.
PARAMETERS = {Side.VOP: "partnership", Side.HOP: "host_partnership"}


@dataclass(frozen=True)
class Figure:
    """A number, the list that holds exactly so many rows, and what they come to (EUR) where that is known."""

    number: int
    url: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Row:
    """One line of a section: what is counted, in which numbers (None: not counted on this side)."""

    label: Any
    figures: tuple[Figure | None, ...]
    note: Any = ""


@dataclass(frozen=True)
class Section:
    """A table of numbers: its title, how they are counted, the heads of its columns.

    `headline` is the name of the row that is read while the table is folded.
    """

    name: str
    title: Any
    explanation: Any
    columns: tuple[Any, ...]
    rows: Mapping[str, Row]
    headline: str

    @property
    def headline_row(self) -> Row:
        return self.rows[self.headline]


@dataclass(frozen=True)
class Scope:
    """One Partnership, in one generation or (None) in all."""

    partnership: Partnership
    generation: Generation | None = None

    def of(self, side: Side, visitor: str, host: str, generation: str) -> Q:
        """The condition by the paths to the visitor's Partnership, the host's, and the generation."""
        condition = Q(**{visitor if side is Side.VOP else host: self.partnership.pk})
        return condition & Q(**{generation: self.generation.pk}) if self.generation else condition

    def link(self, url_name: str, side: Side, **filters: Any) -> str:
        """A list narrowed down to this Partnership on this side, this generation, and these filters."""
        return list_address(url_name, self.generation, {PARAMETERS[side]: self.partnership.acronym}, filters)

    def profiles_link(self, side: Side, **filters: Any) -> str:
        """Its visiting profiles as VOP, its host profiles as HOP."""
        whose = {"partnership": self.partnership.acronym, "kind": KINDS[side].value}
        return list_address("profiles", self.generation, whose, filters)

    @property
    def late_link(self) -> str:
        """The list of all that is late here."""
        return late_list_address(self.generation, partnership=self.partnership.acronym)


def late_list_address(generation: Generation | None, **whose: str) -> str:
    """The list of all that is late, in one generation or (None) in all."""
    return list_address("late", generation, whose, {})


def list_address(url_name: str, generation: Generation | None, whose: dict[str, Any], filters: dict[str, Any]) -> str:
    """A list narrowed down to whose things they are, to one generation or (None) to none, and to these filters."""
    query = {**whose, **({"generation": generation.code} if generation else {}), **filters}
    return f"{reverse(url_name)}?{urlencode(query, doseq=True) or EVERYTHING}"
