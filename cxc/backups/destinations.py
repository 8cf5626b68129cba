"""Where back-ups lie: below a folder, or in a store that speaks S3. Each lies there whole, or is not there."""

import os
import re
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cxc.backups import manifest, s3
from cxc.backups.refusals import BackupRefused

DRAFT = ".draft"
# As `cxc.backups.create.NAME_FORMAT` writes it.
NAME = re.compile(r"portal-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ")


class Destination(ABC):
    """`str` of it is its address, a path or `s3://bucket/prefix`."""

    @abstractmethod
    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        """A new folder to write a back-up into, which lies there under its name once all in it is written."""
        yield Path()

    @abstractmethod
    def names(self) -> list[str]:
        """The back-ups that lie there, the eldest first."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove one. Cut short, it leaves nothing that is taken for a back-up."""

    @abstractmethod
    def remove_drafts(self, before: str) -> None:
        """Remove what was begun and not finished under a name before this one."""


def destination_of(address: str) -> Destination:
    """A folder, or for `s3://…` a place in a store."""
    return Bucket(s3.Place.of(address)) if s3.is_address(address) else Folder(Path(address).resolve())


@contextmanager
def at_hand(source: str) -> Iterator[Path]:
    """The folder of a back-up on this machine; one from a store is fetched for as long as this lasts."""
    if not s3.is_address(source):
        yield Path(source).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="cxc-backup-") as folder:
        place = s3.Place.of(source)
        names = [name for name in s3.files(place) if "/" not in name]
        if manifest.NAME not in names:
            raise BackupRefused(f"{source} is no back-up: it has no {manifest.NAME}. Name one whole back-up.")
        for name in names:
            s3.fetch(place, name, Path(folder) / name)
        yield Path(folder)


class Folder(Destination):
    """Readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        """What fails leaves nothing, a crash a folder whose name ends in `.draft`."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.path / (name + DRAFT)
        draft.mkdir(mode=0o700)
        try:
            yield draft
            for path in [*draft.iterdir(), draft]:
                _flush(path)
            draft.rename(self.path / name)
            _flush(self.path)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise

    def names(self) -> list[str]:
        return sorted(path.parent.name for path in self.path.glob(f"portal-*Z/{manifest.NAME}"))

    def remove(self, name: str) -> None:
        draft = self.path / (name + DRAFT)
        with suppress(FileNotFoundError):  # somebody else was quicker
            (self.path / name).rename(draft)
        shutil.rmtree(draft, ignore_errors=True)

    def remove_drafts(self, before: str) -> None:
        for path in self.path.glob(f"portal-*Z{DRAFT}"):
            if path.name < before:
                shutil.rmtree(path, ignore_errors=True)


class Bucket(Destination):
    """A back-up is there once its manifest is, which is sent last."""

    def __init__(self, place: s3.Place) -> None:
        self.place = place

    def __str__(self) -> str:
        return str(self.place)

    @contextmanager
    def draft(self, name: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="cxc-backup-") as folder:
            yield Path(folder)
            for path in sorted(Path(folder).iterdir(), key=lambda path: path.name == manifest.NAME):
                s3.send(self.place, f"{name}/{path.name}", path)

    def names(self) -> list[str]:
        return sorted(name for name, files in self._begun().items() if manifest.NAME in files)

    def remove(self, name: str) -> None:
        files = self._begun().get(name, set())  # none where somebody else was quicker
        s3.delete(self.place, [f"{name}/{file}" for file in sorted(files, key=lambda file: file != manifest.NAME)])

    def remove_drafts(self, before: str) -> None:
        for name, files in self._begun().items():
            if manifest.NAME not in files and name < before:
                self.remove(name)

    def _begun(self) -> dict[str, set[str]]:
        """The files of each back-up, whole or not."""
        found: dict[str, set[str]] = {}
        for path in s3.files(self.place):
            name, _slash, file = path.partition("/")
            if NAME.fullmatch(name) and file:
                found.setdefault(name, set()).add(file)
        return found


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
