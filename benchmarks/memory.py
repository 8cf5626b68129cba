"""1,000 previews of documents and 10,000 pages: how large the web processes get, and how many connections there are.

MEMORY_PREVIEWS=100 and MEMORY_PAGES=1000 ask for so many. docs/capacity.md.
"""

import json
import os
import random
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from benchmarks.load import pages_of
from benchmarks.loading.requests import Choice, ask
from launch.processes import read_record
from tests.plugin.portal import RunningPortal, running

PAGES, PREVIEWS = "10000", "1000"
ROUND_SECONDS = 20.0
WARM_PAGES, WARM_PREVIEWS = 400, 40
# Of what they had when they were warm.
MOST_GROWTH = 1.15
# Each of two web processes has four threads, the two of the worker one connection each; a job may hold a second one.
MOST_CONNECTIONS = 16


def main(json_path: str | None = None) -> int:
    """0 when nothing failed, no web process grew by more than a seventh once it was warm, connections stayed few.

    JSON: pages and previews, each with requests, seconds, errors, samples (of the beginning, then one every twenty
    seconds: requests, web_mb, largest_web_mb, renderers_mb, connections); growth of the largest web process;
    most_connections; at (UTC), cpus, load.
    """
    wanted = {
        "previews": (WARM_PREVIEWS, int(os.environ.get("MEMORY_PREVIEWS", PREVIEWS))),
        "pages": (WARM_PAGES, int(os.environ.get("MEMORY_PAGES", PAGES))),
    }
    with tempfile.TemporaryDirectory() as made, running(Path(made) / "portal", name="cxc_memory", broker=10) as portal:
        everybody = _people(portal, "people", Path(made) / "people.json")
        readers = _people(portal, "previews", Path(made) / "readers.json")
        choosers = {"pages": pages_of(everybody["people"]), "previews": _previews_of(readers["people"])}
        found = {
            name: _measure(portal, everybody["cookie"], choosers[name], warm, number)
            for name, (warm, number) in wanted.items()
        }
    growth = {name: _growth(one["samples"]) for name, one in found.items()}
    most = max(sample["connections"] for one in found.values() for sample in one["samples"])
    result = {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        **found,
        "growth": growth,
        "most_connections": most,
        "cpus": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    print(_table(result))
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    failed = any(one["errors"] for one in found.values())
    return int(failed or max(growth.values()) > MOST_GROWTH or most > MOST_CONNECTIONS)


def _people(portal: RunningPortal, module: str, file: Path) -> Any:
    code = f"from benchmarks.loading.{module} import write_people; write_people({str(file)!r})"
    portal.manage("shell", "--no-imports", "-c", code)
    return json.loads(file.read_text())


def _previews_of(people: list[Mapping[str, Any]]) -> Callable[[random.Random], Choice]:
    def choose(chance: random.Random) -> Choice:
        person = dict(chance.choice(people))
        return person, "preview", chance.choice(person["addresses"])

    return choose


def _measure(
    portal: RunningPortal, cookie: str, choose: Callable[[random.Random], Choice], warm: int, number: int
) -> dict[str, Any]:
    """So many answers, the first `warm` of them before the first sample."""
    asked, seconds, errors = 0, 0.0, list[str]()
    samples: list[dict[str, Any]] = []
    while asked < warm + number:
        round_seconds = ROUND_SECONDS if samples else ROUND_SECONDS / 4
        measured = ask(portal.address, cookie, choose, seconds=round_seconds, seed=len(samples) + asked)
        asked += sum(map(len, measured.seconds.values()))
        errors += measured.errors
        if asked >= warm:
            samples.append({"requests": asked - warm, **_sample(portal)})
            seconds += measured.lasted if len(samples) > 1 else 0.0
    return {"requests": asked - warm, "seconds": round(seconds, 1), "errors": errors[:20], "samples": samples}


def _sample(portal: RunningPortal) -> dict[str, Any]:
    """What is resident of gunicorn's processes, and of those that render for them, in MB; connections to PostgreSQL."""
    record = read_record(portal.home / "up.json")
    assert record is not None
    (master,) = [child["pid"] for child in record["children"] if child["name"] == "web"]
    webs = _children(master)
    renderers = [child for web in webs for child in _children(web)]
    return {
        "web_mb": sum(map(_resident_mb, webs)),
        "largest_web_mb": max(map(_resident_mb, webs)),
        "renderers_mb": sum(map(_resident_mb, renderers)),
        "connections": _connections(portal.env["DATABASE_URL"]),
    }


def _children(pid: int) -> list[int]:
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


def _resident_mb(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024**2
    except OSError:  # one that rendered its last document just now
        return 0


def _connections(url: str) -> int:
    """Of the portal alone: this one asks from another database."""
    with closing(psycopg2.connect(urlsplit(url)._replace(path="/postgres").geturl())) as own, own.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [urlsplit(url).path.strip("/")])
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def _growth(samples: list[dict[str, Any]]) -> float:
    return round(samples[-1]["largest_web_mb"] / samples[0]["largest_web_mb"], 2)


def _table(result: Mapping[str, Any]) -> str:
    lines = []
    for name in ("previews", "pages"):
        found = result[name]
        lines.append(f"{name}: {found['requests']} in {found['seconds']} s, grown to {result['growth'][name]}")
        samples = found["samples"]
        whens = {"beginning": samples[0], "middle": samples[len(samples) // 2], "end": samples[-1]}
        lines += [f"  {when:10} {_sample_line(sample)}" for when, sample in whens.items()]
    errors = [error for name in ("previews", "pages") for error in result[name]["errors"]]
    return "\n".join([*lines, f"At most {result['most_connections']} connections.", *errors])


def _sample_line(sample: Mapping[str, Any]) -> str:
    return (
        f"after {sample['requests']:>6}: web {sample['web_mb']} MB (largest {sample['largest_web_mb']}), "
        f"rendering {sample['renderers_mb']} MB, {sample['connections']} connections"
    )
