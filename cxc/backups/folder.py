"""Folders in which back-ups lie: each in one of its own, whole or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def draft_folder(to: Path, name: str) -> Iterator[Path]:
    """A new folder beneath `to`, which gets its name once all in it is written and flushed.

    What fails leaves nothing, a crash a folder whose name ends in `.draft`. Only its owner reads it.
    """
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = to / f"{name}.draft"
    draft.mkdir(mode=0o700)
    try:
        yield draft
        for path in [*draft.iterdir(), draft]:
            _flush(path)
        draft.rename(to / name)
        _flush(to)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
