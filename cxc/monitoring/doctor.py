"""Examines the portal and all it depends on: what is wrong, and what cures it.

Rule: docs/monitoring.md, The doctor.
"""

from collections.abc import Callable, Iterator

import kombu.exceptions
import redis
from django.db import DatabaseError

from cxc.core.log_lines import without_personal_data
from cxc.monitoring import part_checks, server_checks
from cxc.monitoring.findings import Finding, wrong

# In the order in which they are told: what others depend on comes first.
CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "python": server_checks.python,
    "disk": server_checks.disk,
    "time zones": server_checks.time_zones,
    "settings": server_checks.unsafe_settings,
    "database": server_checks.database,
    "migrations": server_checks.migrations,
    "clock": server_checks.clock_of_database,
    "broker": server_checks.broker,
    "files": server_checks.files,
    "web": server_checks.web,
    "workers": part_checks.workers,
    "beat": part_checks.beat,
    "mail server": part_checks.mail_server_answers,
    "outbox": part_checks.outbox,
    "to-do": part_checks.todo,
    "erased files": part_checks.erased_files,
    "documents": part_checks.documents,
    "seal": part_checks.seal,
    "back-ups": part_checks.backups,
    "viruses": part_checks.viruses,
}


def examine() -> Iterator[Finding]:
    """Every finding, as soon as it is made; a check that can't be carried out is one too, and the next follows."""
    for name, check in CHECKS.items():
        try:
            yield from check()
        except DatabaseError:
            yield wrong(name, "can't be examined without the database; cure that first.")
        except (redis.RedisError, kombu.exceptions.OperationalError):
            yield wrong(name, "can't be examined without the broker; cure that first.")
        except Exception as error:  # whatever it is, the rest is examined
            said = without_personal_data(f"{type(error).__name__}: {error}").partition("\n")[0]
            yield wrong(name, f"can't be examined: {said}")
