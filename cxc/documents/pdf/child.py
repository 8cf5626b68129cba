"""Runs as a process of its own and makes PDFs with WeasyPrint: `python -m cxc.documents.pdf.child FOLDER`.

FOLDER holds what documents may load. A request is the length (8 bytes) and JSON with html, css, identifier and
attachments (their contents in Base64); an answer is a letter, the length and bytes. It ends when nobody asks for a
while, and with its parent.
"""

import base64
import io
import json
import logging
import os
import select
import signal
import sys
import warnings
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

READY, MISSING, DONE, REFUSED, FAILED = b"R", b"M", b"D", b"X", b"F"
IDLE_SECONDS = 120
MOST_BYTES = 3 * 1024**3


def main(folder: Path, asked: BinaryIO, answers: BinaryIO) -> None:
    """Say whether PDFs can be made here, then make what is asked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its parent is told, and ends it
    _limit_memory()
    if not _can_load():
        _answer(answers, MISSING, b"")
        return
    _answer(answers, READY, b"")
    while (order := _order(asked)) is not None:
        _answer(answers, *_made(folder, order))


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def _can_load() -> bool:
    warnings.simplefilter("ignore")  # that the machine has no fonts is what is wanted
    logging.disable(logging.WARNING)
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def _order(asked: BinaryIO) -> dict[str, Any] | None:
    readable, _writable, _failed = select.select([asked], [], [], IDLE_SECONDS)
    head = asked.read(8) if readable else b""
    if len(head) < 8:
        return None
    found: dict[str, Any] = json.loads(asked.read(int.from_bytes(head)))
    return found


def _answer(answers: BinaryIO, kind: bytes, content: bytes) -> None:
    answers.write(kind + len(content).to_bytes(8) + content)
    answers.flush()


def _made(folder: Path, order: dict[str, Any]) -> tuple[bytes, bytes]:
    from weasyprint.urls import FatalURLFetchingError

    try:
        return DONE, _pdf(folder, **order)
    except FatalURLFetchingError as error:
        return REFUSED, str(error).encode()
    except Exception as error:  # whatever it is, the parent logs it and goes on
        return FAILED, f"{type(error).__name__}: {error}".encode()


def _pdf(folder: Path, html: str, css: str, identifier: str, attachments: list[dict[str, str]]) -> bytes:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from cxc.documents.pdf.fetcher import OwnFilesOnly

    fetcher, fonts = OwnFilesOnly(folder), FontConfiguration()
    styles = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=html, base_url="project:", url_fetcher=fetcher)
    content = page.write_pdf(
        stylesheets=[styles],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=identifier,
        attachments=[_attachment(one) for one in attachments],
    )
    return bytes(content)


def _attachment(given: dict[str, str]) -> Any:
    from weasyprint import Attachment

    dated = datetime.fromisoformat(given["dated"])
    return Attachment(
        file_obj=io.BytesIO(base64.b64decode(given["content"])),
        name=given["name"],
        description=given["description"],
        created=dated,
        modified=dated,
        relationship="Source",
    )


if __name__ == "__main__":
    # Whatever a library prints does not get into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    main(Path(sys.argv[1]), sys.stdin.buffer, answers)
