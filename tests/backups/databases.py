"""Back-ups of the tests' database, and empty databases to restore them into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from cxc.backups import stamps
from cxc.backups.manifest import Manifest
from tests.plugin.portal import copied_database

# Its rows are numbers of transactions, which mean nothing on another server: a restore begins it anew, with one row.
LOG_OF_NAMES = "public.matching_namechange"


@contextmanager
def empty_portal_on(home: Path) -> Iterator[None]:
    """Django's connection on an empty database, and files in a folder of their own, as on a new machine."""
    with copied_database("template0"), override_settings(MEDIA_ROOT=home / "files"):
        yield


def copy_of(backup: Path, to: Path) -> Path:
    """A copy of a back-up that a test may damage."""
    return Path(shutil.copytree(backup, to / backup.name))


def flip_a_bit(path: Path) -> None:
    """Change one bit in the middle of a file; its size stays."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def assert_rows_are_back(made: Manifest) -> None:
    """Each table has as many rows as the back-up was stamped with."""
    assert stamps.counts() == made.counts | {LOG_OF_NAMES: 1}
