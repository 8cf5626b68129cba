"""How long the search takes for everybody with 100,000 exchanges, compared with the light page in the same run.

SEARCH_SIZE=10000 makes the demo world as large as that, SEARCH_RUNS=9 searches so often. docs/search.md.
"""

import json
import os
import statistics
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

SIZE = "100000"
LIGHT = "/me/"
MOST_MS = 100.0
# References, a name and its beginning, a word of many names, two words, with accents, misspelled, unknown, a page.
TEXTS = (
    "CXC-00012",
    "12",
    "co",
    "cor",
    "corkdolphin",
    "gmbh",
    "whale",
    "glass otter",
    "Tecelágem",
    "corkdolfin",
    "xqzvkw",
    "host@demo.example",
    "visit",
)

Figures = dict[str, Any]


def main(json_path: str | None = None) -> int:
    """0 when each search answers within 100 ms (median).

    JSON: roles[role][text] with p50_ms, max_ms, queries, results; me[role] with p50_ms; exchanges, runs, at (UTC).
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    # Only now: they come with the portal's models.
    from benchmarks.scaling.demo_world import load_demo_world
    from benchmarks.scaling.page_list import NOBODY, ROLES, sign_in

    exchanges = load_demo_world().grow_to(int(os.environ.get("SEARCH_SIZE", SIZE)))
    result: Figures = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "exchanges": exchanges, "roles": {}}
    result |= {"runs": _runs(), "me": {}, "cpus": os.cpu_count(), "load": [round(one, 1) for one in os.getloadavg()]}
    for role in ROLES:
        if role != NOBODY:
            result["roles"][role], result["me"][role] = measure(sign_in(role))
    if json_path:
        Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    print(table(result))
    slow = [role for role, texts in result["roles"].items() if any(one["p50_ms"] > MOST_MS for one in texts.values())]
    return 1 if slow else 0


def measure(client: Any) -> tuple[dict[str, Figures], Figures]:
    """Each text as the dialog sends it, in turn with the light page, after a first time that counts the queries."""
    found = {text: _first(client, text) for text in TEXTS}
    times: dict[str, list[float]] = {text: [] for text in (LIGHT, *TEXTS)}
    client.get(LIGHT)
    for _turn in range(_runs()):
        times[LIGHT].append(_milliseconds(lambda: client.get(LIGHT)))
        for text in TEXTS:
            times[text].append(_milliseconds(lambda text=text: _search(client, text)))
    for text, figures in found.items():
        figures |= {"p50_ms": round(statistics.median(times[text]), 1), "max_ms": round(max(times[text]), 1)}
    return found, {"p50_ms": round(statistics.median(times[LIGHT]), 1)}


def _first(client: Any, text: str) -> Figures:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _search(client, text)
    with CaptureQueriesContext(connection) as captured:
        answer = _search(client, text)
    assert answer.status_code == 200, answer.status_code
    results = answer.content.decode().count('role="option"')
    return {"queries": len(captured), "results": max(0, results - 1)}  # the last option leads to all results


def _search(client: Any, text: str) -> Any:
    return client.post("/search/options/", {"q": text})


def _milliseconds(ask: Any) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _runs() -> int:
    return int(os.environ.get("SEARCH_RUNS", "9"))


def table(result: Mapping[str, Any]) -> str:
    """For people: each text's median, in times of the light page's, its queries and results."""
    lines = [f"{result['exchanges']:,} exchanges"]
    for role, texts in result["roles"].items():
        me = result["me"][role]["p50_ms"]
        lines.append(f"\n{role:24}{'':>10}{'to /me/':>10}{'queries':>10}{'results':>10}")
        lines.append(f"{LIGHT:24}{me:>7.1f} ms")
        for text, of in texts.items():
            ratio = of["p50_ms"] / max(me, 0.01)
            lines.append(f"{text:24}{of['p50_ms']:>7.1f} ms{ratio:>9.1f}x{of['queries']:>10}{of['results']:>10}")
    return "\n".join(lines)
