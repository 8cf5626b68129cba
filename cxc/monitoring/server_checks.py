"""What the portal stands on: the machine, Python, PostgreSQL, the broker, the web server, the settings."""

import os
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import run_checks
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from cxc import clock, redis_server
from cxc.core.moments import OFFICE_ZONE
from cxc.core.refusals import FilesUnavailable
from cxc.monitoring.findings import Finding, well, wrong

GIGABYTE = 1024**3
LEAST_FREE = GIGABYTE
LEAST_PYTHON, LEAST_POSTGRESQL, LEAST_REDIS, LEAST_VALKEY = (3, 11), 15, 7, 8
MOST_SECONDS_OFF = 5
ANSWER_SECONDS = 10


def python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < LEAST_PYTHON:
        yield wrong("python", f"{found} is too old: install Python 3.11 or later.")
    else:
        yield well("python", found)


def disk() -> Iterator[Finding]:
    """Each disk once, by one of the folders that the portal writes into."""
    folders = {os.stat(each).st_dev: each for each in (Path(tempfile.gettempdir()), *_own_folders())}
    for folder in folders.values():
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield wrong("disk", f"only {free // 1024**2} MB are free at {folder}: make room or give the disk more.")
        else:
            yield well("disk", f"{free // GIGABYTE} GB free at {folder}")


def _own_folders() -> list[Path]:
    return [folder for folder in (Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)) if folder.exists()]


def time_zones() -> Iterator[Finding]:
    try:
        summer = datetime(2026, 7, 1, tzinfo=ZoneInfo(OFFICE_ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        yield wrong("time zones", f"there is none called {OFFICE_ZONE}: install the package tzdata of requirements/.")
        return
    yield well("time zones", f"{OFFICE_ZONE} is {summer} ahead of UTC in summer")


def unsafe_settings() -> Iterator[Finding]:
    """Django's own checks of a public server, and what they do not know of."""
    if not settings.PRODUCTION:
        yield well("settings", "those of a desk: CXC_ENV is not production")
        return
    found = [str(each.msg) for each in run_checks(tags=["security"], include_deployment_checks=True)]
    if not settings.SECOND_FACTOR_REQUIRED:
        found.append("CXC_SECOND_FACTOR_REQUIRED is 0: coordinators and the Support Office sign in by password alone.")
    if settings.EMAIL_HOST_PASSWORD and not settings.EMAIL_USE_TLS:
        found.append("CXC_EMAIL_TLS is 0: the mail server's password travels in the clear.")
    for sentence in found:
        yield wrong("settings", f"{sentence} Change it (docs/production.md), then start the portal again.")
    if not found:
        yield well("settings", "safe for a public server")


def database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = str(cursor.fetchone()[0]).split()[0]
    except OperationalError as error:
        said = str(error).strip().partition("\n")[0]
        yield wrong("database", f"does not answer: start PostgreSQL, or put DATABASE_URL right. ({said})")
        return
    if int(version.partition(".")[0]) < LEAST_POSTGRESQL:
        yield wrong("database", f"PostgreSQL {version} is too old: move to {LEAST_POSTGRESQL} or later.")
    else:
        yield well("database", f"PostgreSQL {version}")


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield wrong("migrations", f"{len(waiting)} are not applied: run python manage.py migrate.")
    else:
        yield well("migrations", "all are applied")


def clock_of_database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")  # clock: real time
        yield _clock("the database's", cursor.fetchone()[0])


def _clock(whose: str, moment: datetime) -> Finding:
    off = abs((moment - clock.real_now()).total_seconds())
    if off > MOST_SECONDS_OFF:
        cure = "set both by the network's time (NTP), or days and links end at the wrong moment."
        return wrong("clock", f"this machine's is {off:.0f} seconds off {whose}: {cure}")
    return well("clock", f"agrees with {whose}")


def broker() -> Iterator[Finding]:
    server = redis_server.client(settings.REDIS_URL)
    try:
        server.set("health", 1, ex=60)
        found = server.info("server")
    except redis_server.FAILURES as error:
        yield wrong(
            "broker", f"Redis can't be used: start it, or put REDIS_URL right. ({type(error).__name__}: {error})"
        )
        return
    name, least = ("valkey", LEAST_VALKEY) if "valkey_version" in found else ("redis", LEAST_REDIS)
    version = str(found[f"{name}_version"])
    if int(version.partition(".")[0]) < least:
        yield wrong("broker", f"{name.title()} {version} is too old: move to {least} or later.")
    else:
        yield well("broker", f"{name.title()} {version}")


def files() -> Iterator[Finding]:
    """Where people's files are stored; of a store that speaks S3, whether a file can be written, read and deleted."""
    if not settings.FILES_S3:
        yield well("files", f"stored below {settings.MEDIA_ROOT}")
        return
    from cxc.core.files import bucket  # here: only who has such a store loads its library

    try:
        bucket.try_out(default_storage)
    except FilesUnavailable as error:
        cure = "start the store, or put CXC_FILES_S3 and the variables AWS_… right."
        yield wrong("files", f"{settings.FILES_S3} can't be used: {cure} ({error.__cause__ or error})")
        return
    yield well("files", f"{settings.FILES_S3} can be written, read and deleted from")


def web() -> Iterator[Finding]:
    """The portal's pages as everybody reaches them; the date of the answer is another machine's, where there is one."""
    address = f"{settings.SITE_ADDRESS}/health/live"
    opener = urllib.request.build_opener(*([] if settings.PRODUCTION else [urllib.request.ProxyHandler({})]))
    try:
        with opener.open(address, timeout=ANSWER_SECONDS) as answer:
            moment = answer.headers["Date"]
    except (OSError, ValueError) as error:
        yield wrong("web", f"{address} does not answer: start the web server and the proxy in front of it. ({error})")
        return
    yield well("web", f"{settings.SITE_ADDRESS} answers")
    if moment:
        yield _clock("the web server's", parsedate_to_datetime(moment))
