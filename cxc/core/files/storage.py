"""Files on disk: whole and flushed before their row is written, or not there at all."""

import errno
import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_no_room(error: BaseException) -> bool:
    """Whether a disk is full: that of the files, of temporary files, or the database's."""
    return getattr(error, "errno", None) in NO_ROOM or getattr(error.__cause__, "pgcode", None) == "53100"


class DurableStorage(FileSystemStorage):
    """A file is written under another name, flushed, and then given its own; a crash leaves none that is torn."""

    def _save(self, name: str, content: "File[Any]") -> str:
        path = Path(self.path(name))
        _make_folder(path.parent)
        draft = path.with_name(f"{path.name}.draft")
        try:
            with draft.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
            _flush(path.parent)
        except BaseException:
            draft.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise
        return name


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _flush(folder.parent)


def _flush(folder: Path) -> None:
    """The folder's own list of names: a file whose name is not on disk is lost with the power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
