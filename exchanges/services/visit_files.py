"""The documents of a visit as one ZIP, or its PDFs as one binder."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import get_valid_filename
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from cxc.core.models import StoredFile
from exchanges.queries.visit_documents import VisitDocument

PDF = "application/pdf"
# What is larger waits on the disk, not in memory.
_IN_MEMORY = 8 * 1024 * 1024


def zip_of(documents: Sequence[VisitDocument]) -> IO[bytes]:
    """A folder for each visitor; files under names that say what they are. To be read from its beginning.

    A file that is not on the disk is named in a list at the top.
    """
    archive: Any = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(archive, "w", ZIP_DEFLATED) as folder:
        missing = [_path(document) for document in documents if not _add(folder, document)]
        if missing:
            folder.writestr("MISSING.txt", "\n".join(missing))
    archive.seek(0)
    return archive


def _add(folder: ZipFile, document: VisitDocument) -> bool:
    """Whether the file was there."""
    try:
        content = document.file.file.open("rb")
    except FileNotFoundError:
        return False
    with content, folder.open(_path(document), "w") as entry:
        for chunk in content.chunks():
            entry.write(chunk)
    return True


def _path(document: VisitDocument) -> str:
    exchange = document.exchange
    folder = get_valid_filename(f"{exchange.reference} {exchange.organisation}")
    return f"{folder}/{get_valid_filename(document.name)}{_ending(document.file)}"


def _ending(file: StoredFile) -> str:
    return PurePosixPath(file.name).suffix.lower()


def binder_of(documents: Sequence[VisitDocument]) -> tuple[bytes, list[VisitDocument]]:
    """One PDF with a bookmark for each visitor and document; and the documents that are no PDF that can be read."""
    writer, left_out, visitors = PdfWriter(), [], {}
    for document in documents:
        pages = _pages(document.file)
        if pages is None:
            left_out.append(document)
            continue
        first, exchange = len(writer.pages), document.exchange
        for page in pages.pages:
            writer.add_page(page)
        if exchange.pk not in visitors:
            visitors[exchange.pk] = writer.add_outline_item(
                title=f"{exchange.reference} {exchange.organisation}", page_number=first
            )
        writer.add_outline_item(title=document.name, page_number=first, parent=visitors[exchange.pk])
    written = BytesIO()
    writer.write(written)
    return written.getvalue(), left_out


def _pages(file: StoredFile) -> PdfReader | None:
    if file.content_type != PDF:
        return None
    try:
        with file.file.open("rb") as content:
            reader = PdfReader(BytesIO(content.read()))
            return None if reader.is_encrypted or not reader.pages else reader
    except (PyPdfError, ValueError, OSError):
        return None
