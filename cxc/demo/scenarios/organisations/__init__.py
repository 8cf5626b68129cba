"""The demo world's organisations and visits, read from the TOML files in this folder.

Every organisation has a trade, a place and texts of its own, so that ranking, reasons, search and plans have something
to tell apart. Scenarios take organisations in the order in which they stand in the files.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from exchanges.services.agenda import AgendaLine
from profiles.enums import ProfileKind

_FOLDER = Path(__file__).parent
_FILES = {
    ProfileKind.HOST: ("hosts.toml",),
    ProfileKind.VISITING: ("visitors_loombridge.toml", "visitors_railheart.toml", "visitors_foodorbit.toml"),
}
# Partnership's acronym, country code, kind of profile.
Key = tuple[str, str, ProfileKind]


@dataclass(frozen=True, kw_only=True)
class DemoOrganisation:
    """One made-up organisation with what it writes into its one profile and into its documents.

    `sector` and the sectors wanted are NACE divisions; `offers`, `seeks`, `types` and `languages` are codes of the
    reference data; `open_days` limits the profile's period (in days from its beginning).
    """

    partnership: str
    country: str
    name: str
    owner: str
    street: str
    postal_code: str
    city: str
    sector: str
    staff: int
    languages: list[str]
    mission: str
    title: str
    motivation: str
    description: str
    offers: list[str]
    seeks: list[str]
    types: list[str]
    own_sectors: list[str] = field(default_factory=list)
    wanted_sectors: list[str] = field(default_factory=list)
    places: int = 24
    open_days: int | None = None
    objectives: str = ""
    outcomes: str = ""
    follow_up: str = ""

    @property
    def short_name(self) -> str:
        """The first word of the name, unique in the demo world: Corkdolphin."""
        return self.name.split()[0].rstrip(",")

    def own_part(self) -> dict[str, Any]:
        """Texts of its own part of the Commitment to Quality, but for the responsibilities."""
        return {"objectives": self.objectives, "outcomes": self.outcomes, "follow_up": self.follow_up}


@dataclass(frozen=True, kw_only=True)
class VisitProgramme:
    """What a host does with its visitors: texts of the shared part, an agenda by day, and what is reported later."""

    host: str
    goals: str
    mutual_learning: str
    learning_between_visitors: str
    feedback_time: str
    external_event: str
    activities: str
    departures: str
    outcomes: str
    contacts: str
    story: str
    days: list[dict[str, list[dict[str, Any]]]]

    def shared_part(self) -> dict[str, str]:
        """Texts of the shared part of the Commitment to Quality."""
        names = ("goals", "mutual_learning", "learning_between_visitors", "feedback_time", "external_event")
        return {name: getattr(self, name) for name in names}

    def report(self) -> dict[str, str]:
        """Texts of a visitor's Final Activity Report."""
        names = ("activities", "departures", "outcomes", "contacts", "story")
        return {name: getattr(self, name) for name in names}

    def agenda(self, days: list[date], host: str) -> list[AgendaLine]:
        """The agenda on these days; a stay longer than the programme repeats its last day."""
        planned = [*self.days, *[self.days[-1]] * max(0, len(days) - len(self.days))]
        return [_line(day, item, host) for day, plan in zip(days, planned, strict=False) for item in plan["items"]]


def _line(day: date, item: dict[str, Any], host: str) -> AgendaLine:
    return AgendaLine(
        day=day,
        starts=time.fromisoformat(item["from"]),
        ends=time.fromisoformat(item["to"]),
        title=item["title"],
        leader=host if item["leader"] == "host" else "The visitors",
        place=item.get("place", ""),
        is_feedback=item.get("feedback", False),
    )


def organisations() -> dict[Key, Iterator[DemoOrganisation]]:
    """A fresh iterator over the organisations of each Partnership, country and kind of profile."""
    found: dict[Key, list[DemoOrganisation]] = defaultdict(list)
    for kind, names in _FILES.items():
        for name in names:
            for row in _read(name)["organisation"]:
                one = DemoOrganisation(**row)
                found[one.partnership, one.country, kind].append(one)
    return {key: iter(rows) for key, rows in found.items()}


@cache
def programmes() -> dict[str, VisitProgramme]:
    """The programme of each host that has one by its name, and under '' the one for visits online."""
    return {row["host"]: VisitProgramme(**row) for row in _read("visits.toml")["visit"]}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))
