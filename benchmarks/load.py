"""200 people of the demo world use the portal for a minute, beside the light page `/me/` on the same server.

LOAD_SECONDS=10 asks for so long instead of 60. docs/scale.md.
"""

import json
import os
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.loading.requests import AT_A_TIME, Choice, Measured, ask
from tests.plugin.portal import RunningPortal, running

LIGHT = "/me/"
LEAST = 1 / 3  # of the light page's requests a second
WARM_UP = 10.0  # seconds, which do not count


def main(json_path: str | None = None) -> int:
    """0 when nothing failed and the mix came to a third of the light page's requests a second, at least.

    JSON: mix and light, each with requests_per_s, p50_ms, p95_ms, errors; ratio; pages (by name: requests, p50_ms,
    p95_ms); failed; people, at_a_time, seconds; at (UTC), cpus, load.
    """
    seconds = float(os.environ.get("LOAD_SECONDS", "60"))
    with tempfile.TemporaryDirectory() as made, running(Path(made) / "portal", name="cxc_load", broker=11) as portal:
        found = _people(portal, Path(made) / "people.json")
        cookie, people = found["cookie"], found["people"]
        ask(portal.address, cookie, pages_of(people), seconds=WARM_UP, seed=0)
        # The light page before and after, so that a machine that slows down slows both.
        before = ask(portal.address, cookie, _light(people), seconds=seconds / 4, seed=1)
        mix = ask(portal.address, cookie, pages_of(people), seconds=seconds, seed=2)
        light = _together(before, ask(portal.address, cookie, _light(people), seconds=seconds / 4, seed=3))
    figures = {"mix": mix.figures(), "light": light.figures()}
    ratio = round(figures["mix"]["requests_per_s"] / figures["light"]["requests_per_s"], 2)
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        **figures,
        "ratio": ratio,
        "pages": mix.by_page(),
        "failed": [*mix.errors, *light.errors][:20],
        "people": len(people),
        "at_a_time": AT_A_TIME,
        "seconds": seconds,
        "cpus": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    print(_table(result))
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    return 0 if not result["failed"] and ratio >= LEAST else 1


def _people(portal: RunningPortal, file: Path) -> Any:
    code = f"from benchmarks.loading.people import write_people; write_people({str(file)!r})"
    portal.manage("shell", "--no-imports", "-c", code)
    return json.loads(file.read_text())


def pages_of(people: Sequence[Mapping[str, Any]]) -> Callable[[random.Random], Choice]:
    """Somebody opens one of their pages, by how often it is opened."""

    def choose(chance: random.Random) -> Choice:
        person = dict(chance.choice(people))
        (page,) = chance.choices(person["pages"], weights=[one["weight"] for one in person["pages"]])
        return person, page["name"], chance.choice(page["addresses"])

    return choose


def _light(people: Sequence[Mapping[str, Any]]) -> Callable[[random.Random], Choice]:
    return lambda chance: (dict(chance.choice(people)), "light", LIGHT)


def _together(first: Measured, second: Measured) -> Measured:
    return Measured(
        {"light": [*first.seconds["light"], *second.seconds["light"]]},
        [*first.errors, *second.errors],
        first.lasted + second.lasted,
    )


def _table(result: Mapping[str, Any]) -> str:
    lines = [
        f"{name:22} {one['requests_per_s']:7} requests/s  p50 {one['p50_ms']:7} ms  p95 {one['p95_ms']:7} ms"
        f"  {one['errors']} errors"
        for name, one in (("light", result["light"]), ("mix", result["mix"]))
    ]
    lines += [
        f"  {name:20} {one['requests']:7} requests    p50 {one['p50_ms']:7} ms  p95 {one['p95_ms']:7} ms"
        for name, one in result["pages"].items()
    ]
    return "\n".join([*lines, f"The mix comes to {result['ratio']} of the light page's.", *result["failed"]])
