"""The pilot's thirteen Partnerships: what public sources give, and what is made up beside it.

Two of the thirteen are known by number only. Seats, countries and targets that no source gives are
made up, and each Partnership's note says so.
"""

from dataclasses import dataclass

SEAT = "seat made up"
TARGET = "target made up"
COUNTRIES = "countries made up"


@dataclass(frozen=True)
class PilotPartnership:
    """Acronym, full name, seat, countries (ISO codes) of its clusters, sectors (NACE divisions), target."""

    acronym: str
    full_name: str
    seat: str
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    target: int
    made_up: tuple[str, ...]
    note: str = ""

    @property
    def full_note(self) -> str:
        return "; ".join(part for part in (self.note, *self.made_up) if part)


PARTNERSHIPS = (
    PilotPartnership(
        "BLUES",
        "Blue and Eco industries cluster exchange for induStrial modernisation",
        "DE",
        ("DE", "PL", "CZ", "FR", "ES"),
        ("36", "38"),
        50,
        (SEAT,),
    ),
    PilotPartnership(
        "BRILLIANT",
        "Boosting excellence in the European lighting value chain",
        "BE",
        ("IT", "BE", "NL", "SE"),
        ("27", "31"),
        20,
        (SEAT, COUNTRIES, TARGET),
    ),
    PilotPartnership(
        "CELIS",
        "Cluster excellence in Life Sciences",
        "DE",
        ("DE", "BE", "HU", "FI"),
        ("21", "86"),
        20,
        (COUNTRIES, TARGET),
    ),
    PilotPartnership(
        "CLAMTEX",
        "Cluster management towards excellence in Advanced Manufacturing and Textile Industry",
        "ES",
        ("ES", "PT", "FR"),
        ("13", "71"),
        30,
        (TARGET,),
    ),
    PilotPartnership(
        "EXTRATEX",
        "European TEXtile-TRAnsport-Sustainability paradigm for industrial clusters EXcellence in cross-sector"
        " innovation",
        "IT",
        ("IT", "ES", "DE", "SK", "CZ"),
        ("13", "29"),
        30,
        (SEAT, TARGET),
    ),
    PilotPartnership(
        "EXXTRA",
        "EXcellence EXchange and Teaming-up between RAilway clusters and ecosystems",
        "IT",
        ("IT", "DK", "DE", "FR", "ES", "TR"),
        ("30", "62"),
        52,
        (),
    ),
    PilotPartnership(
        "RECiPE4Mobility",
        "RECiPE4Mobility",
        "FR",
        ("FR", "DE", "HU"),
        ("29", "62"),
        20,
        (SEAT, TARGET),
    ),
    PilotPartnership(
        "SAFE SMART FOOD",
        "Safe Smart Food",
        "ES",
        ("ES", "AT", "LV", "LT"),
        ("10", "72"),
        25,
        (TARGET,),
    ),
    PilotPartnership(
        "SMART4NZEB",
        "Strengthening clusters Management Activities and Running Trans-national for implementation of nearly Zero"
        " Energy Buildings",
        "BG",
        ("BG", "EE", "CY"),
        ("41", "71"),
        15,
        (SEAT, COUNTRIES, TARGET),
    ),
    PilotPartnership(
        "SmartCTClusters",
        "Smart CiTies through smart Clustering striving for Excellence",
        "SI",
        ("SI", "LU", "RS"),
        ("62", "71"),
        15,
        (SEAT, COUNTRIES, TARGET),
    ),
    PilotPartnership(
        "CE4BIG",
        "Cluster Excellence for Business (CE4BIG)",
        "PL",
        ("PL", "RO", "IE"),
        ("86", "72"),
        15,
        (SEAT, COUNTRIES, TARGET),
        "one of the thirteen, probably",
    ),
    PilotPartnership(
        "Pilot Partnership 12",
        "Pilot Partnership 12",
        "HR",
        ("HR", "MT", "GR"),
        ("30", "36"),
        10,
        (SEAT, COUNTRIES, TARGET),
        "name not known",
    ),
    PilotPartnership(
        "Pilot Partnership 13",
        "Pilot Partnership 13",
        "NL",
        ("NL", "MK", "UA"),
        ("10", "38"),
        10,
        (SEAT, COUNTRIES, TARGET),
        "name not known",
    ),
)
BY_ACRONYM = {partnership.acronym: partnership for partnership in PARTNERSHIPS}
