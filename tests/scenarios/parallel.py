"""Things that happen at the same moment, each in a connection of its own. Needs the fixture `committed_db`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connection

from cxc import clock
from cxc.workflow import Refused
from tests.scenarios import lifecycle


def in_parallel(*acts: Callable[[], object], now: datetime = lifecycle.NOW) -> list[str]:
    """Run the acts in parallel; 'done' or the sentence of the refusal for each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            with clock.at(now):
                act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
