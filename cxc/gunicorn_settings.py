"""Settings of gunicorn: `gunicorn cxc.wsgi:application --config python:cxc.gunicorn_settings`.

What differs from one machine to another stands on the command line (`--bind`) or in WEB_CONCURRENCY.
"""

import os
import shutil
from typing import Any

from cxc.settings import PRODUCTION, VAR_DIR

threads = 4
preload_app = True
timeout = 60
control_socket_disable = True  # otherwise gunicorn opens one in the home folder
if PRODUCTION:
    logger_class = "cxc.core.gunicorn_log.GunicornLogger"

# Read when `cxc.core.request_times` is imported, which is later.
_COUNTS = VAR_DIR / "request-times"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_COUNTS)


def on_starting(_server: Any) -> None:
    """What the processes of an earlier start have counted goes: their files would be read for ever."""
    shutil.rmtree(_COUNTS, ignore_errors=True)
    _COUNTS.mkdir(parents=True, exist_ok=True)


def post_worker_init(_worker: Any) -> None:
    """The rows of the ranking are loaded before anybody asks; PostgreSQL ranks meanwhile."""
    from matching.fit import snapshot

    snapshot.load_in_background()
