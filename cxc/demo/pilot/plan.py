"""The pilot's 31 visits, chosen so that the figures are those of 8 November 2021.

Known are the totals alone: 169 virtual exchanges (165 of three working days, four of four; 17
grouped visits and two single; all 13 Partnerships; 80 exchanges of 11 Partnerships by 9 June
2021; over by 31 August) and 59 physical (52 of three working days, seven of five; seven grouped
and five single visits; eight Partnerships). Hosts, countries, dates and who went where are made up.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

NETWORKING, GROUP, PITCH, MARKETS = "networking", "group_event", "pitch_training", "new_markets"
EVENTS, RESEARCH = "networking_and_events", "research_development_innovation"


@dataclass(frozen=True)
class PlannedVisit:
    """Host's Partnership and country, days (local, inclusive), type, and visitors by Partnership.

    `longer`: how many of the visitors stay until `longer_until`, the visit's last day then.
    """

    hop: str
    country: str
    first_day: date
    last_day: date
    type: str
    visitors: dict[str, int] = field(default_factory=dict)
    longer: int = 0
    longer_until: date | None = None

    @property
    def until(self) -> date:
        return self.longer_until or self.last_day

    def vops(self) -> list[str]:
        """The visitors' Partnerships, one entry a visitor."""
        return list(chain.from_iterable([vop] * number for vop, number in self.visitors.items()))


def _visit(hop: str, country: str, days: tuple[int, int, int], last: int, type: str, **visitors: int) -> PlannedVisit:
    year, month, day = days
    named = {_NAMES.get(key, key): number for key, number in visitors.items()}
    last_day = date(year, month, last) if last >= day else date(year, month + 1, last)
    return PlannedVisit(hop, country, date(year, month, day), last_day, type, named)


# Acronyms that can't be written as keywords.
_NAMES = {
    "RECIPE": "RECiPE4Mobility",
    "FOOD": "SAFE SMART FOOD",
    "NZEB": "SMART4NZEB",
    "CITIES": "SmartCTClusters",
    "P12": "Pilot Partnership 12",
    "P13": "Pilot Partnership 13",
}

_LONGER = PlannedVisit(
    "CLAMTEX",
    "ES",
    date(2021, 6, 28),
    date(2021, 6, 30),
    PITCH,
    {"EXTRATEX": 10},
    longer=4,
    longer_until=date(2021, 7, 1),
)

VIRTUAL = (
    # By 9 June 2021: eighty, of eleven Partnerships.
    _visit("CLAMTEX", "FR", (2020, 11, 24), 26, NETWORKING, CLAMTEX=10),
    _visit("EXXTRA", "IT", (2021, 1, 19), 21, NETWORKING, EXXTRA=10),
    _visit("BLUES", "DE", (2021, 2, 9), 11, MARKETS, BLUES=10),
    _visit("SAFE SMART FOOD", "ES", (2021, 2, 23), 25, NETWORKING, FOOD=10),
    _visit("EXTRATEX", "IT", (2021, 3, 16), 18, GROUP, EXTRATEX=10),
    _visit("CELIS", "BE", (2021, 4, 13), 15, PITCH, CELIS=6, CE4BIG=4),
    _visit("BRILLIANT", "SE", (2021, 5, 18), 20, NETWORKING, BRILLIANT=5, NZEB=5),
    _visit("RECiPE4Mobility", "FR", (2021, 6, 1), 3, GROUP, RECIPE=6, CITIES=4),
    # Until 31 August 2021: eighty-nine more, the last two Partnerships among them.
    _visit("EXXTRA", "DE", (2021, 6, 15), 17, NETWORKING, EXXTRA=6, P12=4),
    _visit("BRILLIANT", "IT", (2021, 6, 22), 24, MARKETS, BRILLIANT=6, P13=4),
    _LONGER,
    _visit("CLAMTEX", "PT", (2021, 7, 6), 8, NETWORKING, CLAMTEX=6, BLUES=4),
    _visit("RECiPE4Mobility", "DE", (2021, 7, 13), 15, MARKETS, RECIPE=10),
    _visit("BRILLIANT", "NL", (2021, 7, 20), 22, GROUP, FOOD=10),
    _visit("SmartCTClusters", "SI", (2021, 7, 27), 29, NETWORKING, CITIES=5, NZEB=4),
    _visit("RECiPE4Mobility", "HU", (2021, 8, 10), 12, PITCH, CELIS=9),
    _visit("SAFE SMART FOOD", "LV", (2021, 8, 24), 26, NETWORKING, BLUES=9),
    _visit("Pilot Partnership 12", "HR", (2021, 7, 6), 8, MARKETS, P13=1),
    _visit("CE4BIG", "PL", (2021, 8, 24), 26, NETWORKING, P12=1),
)

PHYSICAL = (
    _visit("CLAMTEX", "FR", (2021, 9, 7), 9, EVENTS, EXTRATEX=8),
    _visit("EXXTRA", "DE", (2021, 9, 14), 16, GROUP, EXXTRA=8),
    _visit("CLAMTEX", "PT", (2021, 9, 21), 23, EVENTS, CLAMTEX=8),
    _visit("RECiPE4Mobility", "HU", (2021, 9, 27), 1, RESEARCH, RECIPE=7),
    _visit("BRILLIANT", "IT", (2021, 10, 5), 7, EVENTS, BRILLIANT=5, CELIS=3),
    _visit("BLUES", "PL", (2021, 10, 12), 14, MARKETS, BLUES=8),
    _visit("SAFE SMART FOOD", "AT", (2021, 10, 19), 21, GROUP, FOOD=7),
    _visit("EXXTRA", "DK", (2021, 9, 28), 30, RESEARCH, EXXTRA=1),
    _visit("CELIS", "BE", (2021, 10, 5), 7, EVENTS, CELIS=1),
    _visit("SAFE SMART FOOD", "LT", (2021, 10, 19), 21, MARKETS, FOOD=1),
    _visit("EXTRATEX", "CZ", (2021, 10, 19), 21, RESEARCH, BLUES=1),
    _visit("EXXTRA", "FR", (2021, 11, 3), 5, EVENTS, CLAMTEX=1),
)

# How many visitors of a Partnership come a second time, in person, with the profile of their virtual exchange.
RETURNING = 2
