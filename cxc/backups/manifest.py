"""The manifest of a back-up: what it holds, what it was made from, and the SHA-256 of each of its files."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from cxc.backups import encryption
from cxc.backups.refusals import BackupRefused

NAME = "manifest.json"
FORMAT = 1
DATABASE, FILES, FILE_LIST = "database.dump", "files.tar", "files.sha256"


@dataclass(frozen=True)
class Part:
    """One file of a back-up. `size` in bytes; `sha256` of the file as it lies there."""

    size: int
    sha256: str


@dataclass
class FilesFound:
    """The stored files, and those that are not as the database says.

    removed    deleted while the back-up was being made, with their rows
    missing    named by a row, but not in the store: lost before the back-up
    differing  not what their row says; they are in the back-up as they are
    """

    count: int = 0
    size: int = 0
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    @property
    def lost_count(self) -> int:
        """How many the back-up has not, or not as they were."""
        return len(self.missing) + len(self.differing)


@dataclass(frozen=True)
class Manifest:
    """What a back-up is stamped with.

    snapshot_at    the moment (ISO 8601, UTC) whose state the database is in; real time, not the portal's clock
    portal         the address of the portal
    commit         of the source that made it
    postgresql     the server's version as a number: 180001 for 18.1
    migrations     those the database has, as `app.name`
    counts         rows of each table
    newest_event   number and moment of the newest event
    encrypted_to   the public key to whose owner database and files are encrypted; empty: they are not
    seal_fingerprint, secret_fingerprint   tell keys apart; the keys themselves are not in a back-up
    """

    name: str
    snapshot_at: str
    portal: str
    commit: str
    postgresql: int
    migrations: list[str]
    counts: dict[str, int]
    newest_event: str
    seal_fingerprint: str
    secret_fingerprint: str
    files: FilesFound
    parts: dict[str, Part]
    encrypted_to: str = ""
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.snapshot_at)

    def path_of(self, part: str, folder: Path) -> Path:
        """Where the database or the files lie in the back-up's folder."""
        return folder / (part + encryption.SUFFIX if self.encrypted_to else part)

    @property
    def size(self) -> int:
        """Of all parts, in bytes."""
        return sum(part.size for part in self.parts.values())

    def write(self, folder: Path) -> Path:
        path = folder / NAME
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")
        return path


def read(folder: Path) -> Manifest:
    """The manifest of a back-up's folder. BackupRefused where there is none, or it can't be read."""
    path = folder / NAME
    if not path.exists():
        raise BackupRefused(
            f"{folder} is no back-up: it has no {NAME}. Name the folder of one back-up; its name begins with portal-."
        )
    try:
        facts = json.loads(path.read_text())
        if facts["format"] > FORMAT:
            raise BackupRefused(
                f"{folder} was made by a later version of the source, commit {facts['commit']}. "
                f"Restore it with that: git checkout {facts['commit']}"
            )
        facts["files"] = FilesFound(**facts["files"])
        facts["parts"] = {name: Part(**part) for name, part in facts["parts"].items()}
        return Manifest(**facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupRefused(f"{path} is damaged and can't be read. Take another copy of this back-up.") from error
