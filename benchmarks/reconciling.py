"""What a transition costs with the to-do derived anew in it, beside the same without: one thing, and nine exchanges.

Each transition there and back again, in turn with and without, in one run.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PAIRS = 40
LIMITS = {"one thing": 1.5, "a shared part with nine exchanges": 2.0}


def main(json_path: str | None = None) -> int:
    """0 when no ratio is above its limit. JSON: transitions[name] with p50_ms and queries, with and without; ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cxc.settings.testing")
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        result = {name: _compare(act) for name, act in _transitions().items()}
        transaction.set_rollback(True)
    for name, figures in result.items():
        print(f"{name}: {figures}")
    if json_path:
        Path(json_path).write_text(json.dumps({"transitions": result, "pairs": PAIRS}, indent=1) + "\n")
    return 0 if all(result[name]["ratio"] <= limit for name, limit in LIMITS.items()) else 1


def _transitions() -> dict[str, Callable[[], None]]:
    """What is measured: the own part of one exchange, and the shared part of nine, to the Support Office and back.

    Last the shared part is validated too: what is owed on the nine exchanges and their documents is derived anew.
    """
    from cxc.workflow import perform
    from tests.factories.parties import usual_parties, with_another_visitor
    from tests.scenarios import lifecycle

    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    own = lifecycle.submitted_own_part(parties, exchange)
    for _ in range(8):
        lifecycle.joined(with_another_visitor(parties), exchange.visit)
    shared = lifecycle.submitted_shared_part(parties, exchange.visit)

    def there_and_back(part: Any) -> None:
        perform(part, "take_back", by=parties.vop_coordinator)
        perform(part, "submit", by=parties.vop_coordinator)

    def validated_and_revised() -> None:
        perform(shared, "validate", by=parties.so)
        perform(shared, "revise", by=parties.vop_coordinator)
        perform(shared, "submit", by=parties.vop_coordinator)

    return {
        "one thing": lambda: there_and_back(own),
        "a shared part with nine exchanges": lambda: there_and_back(shared),
        "the same validated": validated_and_revised,
    }


def _compare(act: Callable[[], None]) -> dict[str, Any]:
    """Both ways in turn, so that what else the machine does weighs on both."""
    from cxc.workflow import unit_of_work

    steps = list(unit_of_work._last_steps)
    times: dict[str, list[float]] = {"with": [], "without": []}
    queries: dict[str, int] = {}
    for turn in range(2 * (PAIRS + 2)):
        way = "with" if turn % 2 else "without"
        unit_of_work._last_steps[:] = steps if way == "with" else []
        milliseconds, queries[way] = _measured(act)
        if turn >= 4:
            times[way].append(milliseconds)
    unit_of_work._last_steps[:] = steps
    p50 = {way: round(statistics.median(found), 1) for way, found in times.items()}
    return {"p50_ms": p50, "queries": queries, "ratio": round(p50["with"] / p50["without"], 2)}


def _measured(act: Callable[[], None]) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        act()
        milliseconds = (time.perf_counter() - began) * 1000
    return milliseconds, len(asked)
