"""What a back-up is stamped with: commit, migrations, PostgreSQL's version, counts, fingerprints of keys."""

import hashlib
import os
import subprocess

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from cxc.seals.keys import KeyUnreadable, current_key
from cxc.workflow.models import StateEvent

# Every table that holds rows of the portal, whatever schema it is in; none of PostgreSQL's own or of an extension.
TABLES = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1
"""


def commit() -> str:
    """The commit of the source: git's, else CXC_COMMIT, which an image without git is built with; else `unknown`."""
    if (settings.BASE_DIR / ".git").exists():
        command = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
        try:
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            pass
    return os.environ.get("CXC_COMMIT", "") or "unknown"


def applied_migrations() -> list[str]:
    """The migrations that the database has, as `app.name`."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def source_migrations() -> list[str]:
    """The migrations that the source has, as `app.name`."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return sorted(".".join(key) for key in loader.disk_migrations)


def server_version() -> int:
    """PostgreSQL's version as a number: 180001 for 18.1."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def tables() -> list[str]:
    """The portal's tables as `schema.name`, quoted where SQL wants it; none in an empty database."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = int(cursor.fetchone()[0])
    return found


def newest_event() -> str:
    """The number and the moment of the event written last; empty where there is none."""
    found = StateEvent.objects.order_by("-pk").values_list("pk", "recorded_at").first()
    return f"{found[0]} of {found[1]:%Y-%m-%d %H:%M:%S} UTC" if found else ""


def seal_fingerprint() -> str:
    """The SHA-256 of the certificate that seals now; empty where its files can't be read."""
    try:
        return current_key().certificate.sha256.hex()
    except KeyUnreadable:
        return ""


def secret_fingerprint(secret: str) -> str:
    """Tells two secret keys apart, and nothing of either."""
    return salted_hmac("cxc.backups.fingerprint", "secret key", secret=secret, algorithm="sha256").hexdigest()[:16]


def sha256_of(path: os.PathLike[str]) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
