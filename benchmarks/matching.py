"""How fast the ranking is at 1,000, 10,000 and 100,000 hosts, beside the ORM, a Python loop, NumPy and SELECT 1."""

import json
import os
import platform
import time
from pathlib import Path
from typing import Any

import django

WAYS = (
    *("portal_ms", "memory_limit_ms", "floor_ms", "normalised_orm_ms", "python_loop_ms"),
    *("portal_without_reasons_ms", "portal_by_database_ms"),
)
SIZES = "1000,10000,100000"


def main(json_path: str | None = None) -> int:
    """0 when the portal's answers were the limit's, scores and all. MATCHING_SIZES=1000,10000 measures these only,
    MATCHING_ASKS=n asks so often, MATCHING_VISITORS=n are those who ask.

    JSON: sizes["10000"] with portal_ms (the best ten with reasons), normalised_orm_ms, python_loop_ms,
    memory_limit_ms, floor_ms, and of the portal's ask the parts, each {"p50", "p95", "asks"};
    ratio_to_limit_and_floor; equal; edit_ms, ask_after_edit_ms, keep_1000_ms; build (seconds); size_mb;
    first_page_ms. seconds, cpu_seconds (of this process), cpus, load.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    # Only now: they come with the portal's models.
    from benchmarks.speed.scheme import Scheme
    from benchmarks.speed.size import measure

    began, cpu_began = time.monotonic(), time.process_time()
    scheme = Scheme()
    sizes: dict[str, Any] = {}
    for size in sorted(int(size) for size in os.environ.get("MATCHING_SIZES", SIZES).split(",")):
        sizes[str(size)] = measure(scheme, size)
        print(_line(size, sizes[str(size)]), flush=True)
        result = {
            "sizes": sizes,
            "seconds": round(time.monotonic() - began, 1),
            "cpu_seconds": round(time.process_time() - cpu_began, 1),
            "cpus": os.cpu_count(),
            "machine": platform.machine(),
            "load": [round(load, 1) for load in os.getloadavg()],
        }
        if json_path:  # after each size: the largest takes minutes
            Path(json_path).write_text(json.dumps(result, indent=2) + "\n")
    return 0 if all(figures["equal"] for figures in sizes.values()) else 1


def _line(size: int, figures: dict[str, Any]) -> str:
    lines = [f"--- {size} hosts"]
    for way in WAYS:
        of = figures[way]
        lines.append(f"{way:20} p50 {of['p50']:10.3f}  p95 {of['p95']:10.3f}  of {of['asks']}")
    return "\n".join([*lines, *(f"{name:28} {value}" for name, value in figures.items() if name not in WAYS)])
