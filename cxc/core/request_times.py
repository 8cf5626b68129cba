"""How long requests take, counted for `/metrics` by view and kind of status.

Rule: docs/monitoring.md, Metrics. The processes of one gunicorn count in files of PROMETHEUS_MULTIPROC_DIR, which
`cxc.gunicorn_settings` names; any other process counts for itself.
"""

import os

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

# Seconds. Few, because each is a series for every view.
BUCKETS = (0.1, 0.3, 1.0, 3.0)
_TIMES = Histogram(
    "cxc_request_seconds",
    "Time of requests by view and kind of status",
    ["view", "status"],
    buckets=BUCKETS,
    registry=None,
)


def count(view: str, status: int, seconds: float) -> None:
    """Count one answer: a view is one of the addresses of the source, never a thing, so the series stay few."""
    _TIMES.labels(view or "none", f"{status // 100}xx").observe(seconds)


def register(registry: CollectorRegistry) -> None:
    """Add what all processes of this server have counted."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(_TIMES)
