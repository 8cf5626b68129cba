"""A small PDF, keys with periods of their own, and what poppler says of a seal."""

import subprocess
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfWriter

from cxc import clock
from cxc.seals.trial import make_pem


def small_pdf() -> bytes:
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(content)
    return content.getvalue()


def pem_file(
    folder: Path, name: str = "Test seal", *, starts: timedelta = timedelta(0), lasts: timedelta = timedelta(days=400)
) -> Path:
    """A key with its own certificate, whose period starts so far from now."""
    return written(folder / f"{name}.pem", make_pem(name, starting(starts), lasts))


def use_key(settings: Any, file: Path) -> None:
    """Seal with this key from now on, without a time-stamp server."""
    settings.SEAL_KEY_FILE = settings.SEAL_CERTIFICATE_FILE = str(file)
    settings.TIMESTAMP_URL = ""


def starting(after: timedelta) -> datetime:
    return clock.real_now() + after - timedelta(minutes=1)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pdfsig(content: bytes, folder: Path) -> str:
    """What `pdfsig` prints."""
    file = written(folder / "checked.pdf", content)
    return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
