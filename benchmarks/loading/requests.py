"""Asks a portal on this machine for pages, so many requests at a time, and says how long they took."""

import http.client
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

# Requests under way at a time: two gunicorn processes of four threads each serve eight, eight more wait for them.
AT_A_TIME = 16
TIMEOUT = 60.0  # seconds

# Whose request it is, the name of the page, its address.
Choice = tuple[dict[str, Any], str, str]


@dataclass
class Measured:
    """Seconds of each request by the name of its page, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lasted: float = 0.0

    def figures(self) -> dict[str, Any]:
        """Requests a second, medians and 95th percentiles in milliseconds, the number of errors."""
        every = [one for found in self.seconds.values() for one in found]
        return {
            "requests_per_s": round(len(every) / self.lasted, 1),
            "p50_ms": _ms(every, 50),
            "p95_ms": _ms(every, 95),
            "errors": len(self.errors),
        }

    def by_page(self) -> dict[str, dict[str, Any]]:
        """The same for each page: how many requests, and their times."""
        return {
            name: {"requests": len(found), "p50_ms": _ms(found, 50), "p95_ms": _ms(found, 95)}
            for name, found in sorted(self.seconds.items())
        }


def _ms(seconds: Sequence[float], percent: int) -> float:
    if len(seconds) < 2:
        return round(1000 * sum(seconds), 1)
    return round(1000 * statistics.quantiles(seconds, n=100)[percent - 1], 1)


def ask(address: str, cookie: str, choose: Callable[[random.Random], Choice], *, seconds: float, seed: int) -> Measured:
    """For so many seconds, one request after the other on each of `AT_A_TIME` connections."""
    measured, lock = Measured(), threading.Lock()
    began = time.monotonic()

    def go(number: int) -> None:
        chance = random.Random(f"{seed}-{number}")
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
        while time.monotonic() < began + seconds:
            person, name, path = choose(chance)
            started = time.monotonic()
            problem = _problem(connection, path, f"{cookie}={person['session']}")
            with lock:
                measured.seconds[name].append(time.monotonic() - started)
                if problem:
                    measured.errors.append(f"{path}: {problem}")
        connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(AT_A_TIME)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.lasted = time.monotonic() - began
    return measured


def _problem(connection: http.client.HTTPConnection, path: str, cookie: str) -> str:
    """What is wrong with the answer, which is read to its end; '' when it is a page in full."""
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as failure:
        connection.close()
        return repr(failure)
    return "" if answer.status == http.client.OK and body else f"status {answer.status}"
