"""How each page's time and queries grow from the demo world to 10,000, 100,000 and 1,000,000 exchanges.

SCALE_SIZES=10000 measures the demo world and these sizes, SCALE_SIZES=demo the demo world alone, SCALE_RUNS=3 asks each
page so often, SCALE_PAGES=/me/,/todo/ measures these pages alone. docs/scale.md.
"""

import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

SIZES = "10000,100000,1000000"
DEMO = "demo"
TODO, LIGHT = "/todo/", "/me/"

Pages = dict[str, dict[str, dict[str, Any]]]  # role, path, size


def main(json_path: str | None = None) -> int:
    """0 when every page answered at each size.

    JSON: pages[role][path][size] with p50_ms, cpu_ms, queries (and status where it did not answer as it should);
    to_me[role][path], the processor's time in the demo world in times of the light page's; todo_to_me[role][size];
    sizes[size] with exchanges, growing_s, measuring_s; at (UTC), runs, seconds, cpus, load.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    # Only now: they come with the portal's models.
    from django.core.cache import cache

    from benchmarks.scaling.demo_world import load_demo_world
    from benchmarks.scaling.measurement import RUNS, measure
    from benchmarks.scaling.page_list import ROLES, pages_of, sign_in
    from cxc.core.garbage import tune_garbage_collection

    began = time.monotonic()
    multiplier = load_demo_world()
    clients = {role: sign_in(role) for role in ROLES}
    listed = [page for role, client in clients.items() for page in pages_of(role, client) if _is_asked_for(page.path)]
    tune_garbage_collection()  # as a web process does
    pages: Pages = {role: {page.path: {} for page in listed if page.role == role} for role in ROLES}
    result: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="minutes"), "runs": RUNS, "sizes": {}}
    for size in (DEMO, *sorted(set(os.environ.get("SCALE_SIZES", SIZES).split(",")) - {DEMO}, key=int)):
        started = time.monotonic()
        number = multiplier.grow_to(0 if size == DEMO else int(size))
        cache.clear()
        grown = time.monotonic()
        for page, figures in measure(listed, clients).items():
            pages[page.role][page.path][size] = figures
        seconds = {"growing_s": round(grown - started, 1), "measuring_s": round(time.monotonic() - grown, 1)}
        result["sizes"][size] = {"exchanges": number, **seconds}
        print(f"{size}: {number:,} exchanges, {seconds}", flush=True)
        result |= {
            "pages": pages,
            "to_me": _to_me(pages),
            "todo_to_me": _todo_to_me(pages),
            "seconds": round(time.monotonic() - began, 1),
            "cpus": os.cpu_count(),
            "load": [round(load, 1) for load in os.getloadavg()],
        }
        if json_path:  # after each size: the largest takes long
            Path(json_path).write_text(json.dumps(result, indent=1) + "\n")
    print(table(result))
    return 0 if not _without_answer(pages) else 1


def _is_asked_for(path: str) -> bool:
    """SCALE_PAGES names them, separated by commas; without it, all are."""
    named = os.environ.get("SCALE_PAGES", "")
    return not named or path in named.split(",")


def _to_me(pages: Pages) -> dict[str, dict[str, float]]:
    """The processor's time for each page of a role in the demo world, in times of the light page's."""
    return {
        role: {path: round(found[DEMO]["cpu_ms"] / of[LIGHT][DEMO]["cpu_ms"], 1) for path, found in of.items()}
        for role, of in pages.items()
        if LIGHT in of
    }


def _todo_to_me(pages: Pages) -> dict[str, dict[str, float]]:
    """The to-do page's time in times of the light page's, by role and size."""
    return {
        role: {size: round(figures["p50_ms"] / of[LIGHT][size]["p50_ms"], 2) for size, figures in of[TODO].items()}
        for role, of in pages.items()
        if TODO in of and LIGHT in of
    }


def _without_answer(pages: Pages) -> list[str]:
    """The pages that did not answer as they should at some size."""
    return [
        f"{role} {path}: {figures['status']} at {size}"
        for role, of in pages.items()
        for path, sizes in of.items()
        for size, figures in sizes.items()
        if "status" in figures
    ]


def table(result: Mapping[str, Any]) -> str:
    """For people: each page's median at each size, in times of the demo world's, its queries, and its time of the CPU.

    That time is of the demo world, in milliseconds and in times of the light page's.
    """
    sizes = list(result["sizes"])
    lines = []
    for role, of in result["pages"].items():
        lines.append(f"\n{role:47}" + "".join(f"{size:>20}" for size in sizes) + "  queries, CPU")
        to_me = result["to_me"].get(role, {})
        for path, found in of.items():
            cells = "".join(_cell(found, size) for size in sizes)
            times = f" ({to_me[path]}x {LIGHT})" if path in to_me else ""
            lines.append(f"{path:47}{cells}  {_queries(found)}, {found[DEMO]['cpu_ms']:,.0f} ms{times}")
    lines.append(f"\n{'to-do page in times of /me/':47}" + "".join(f"{size:>20}" for size in sizes))
    for role, ratios in result["todo_to_me"].items():
        lines.append(f"{role:47}" + "".join(f"{ratios[size]:>20}" for size in sizes))
    return "\n".join([*lines, *_without_answer(result["pages"])])


def _cell(found: Mapping[str, Any], size: str) -> str:
    milliseconds = found[size]["p50_ms"]
    times = milliseconds / max(found[DEMO]["p50_ms"], 0.01)
    return f"{milliseconds:>10,.0f} ms" + (f"{times:>6.1f}x" if size != DEMO else " " * 7)


def _queries(found: Mapping[str, Any]) -> str:
    """One number where it is the same at each size."""
    return " → ".join(dict.fromkeys(str(figures["queries"]) for figures in found.values()))
