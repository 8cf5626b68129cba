"""The documents of a visit as one ZIP, or its PDFs as one file."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import get_valid_filename
from pypdf import PdfWriter

from cxc.core.models import StoredFile
from cxc.documents import pages
from cxc.documents.pages import PDF
from exchanges.queries.visit_documents import VisitDocument

logger = logging.getLogger(__name__)

# What is larger waits on the disk, not in memory.
_IN_MEMORY = 8 * 1024 * 1024
# So many PDFs are read by one process.
AT_A_TIME = 10


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


def combined_pdf(documents: Sequence[VisitDocument]) -> bytes:
    """The PDFs among the documents as one, with a bookmark for each visitor and document; b"" where there is none.

    Pictures, PDFs that can't be read, and what a sealed file repeats are left out: the ZIP holds them.
    """
    writer, visitors = PdfWriter(), {}
    for document, content in _readable(documents):
        first, exchange = len(writer.pages), document.exchange
        writer.append(BytesIO(content), import_outline=False)
        if exchange.pk not in visitors:
            title = f"{exchange.reference} {exchange.organisation}"
            visitors[exchange.pk] = writer.add_outline_item(title=title, page_number=first)
        writer.add_outline_item(title=document.name, page_number=first, parent=visitors[exchange.pk])
    written = BytesIO()
    if visitors:
        writer.write(written)
    return written.getvalue()


def _readable(documents: Sequence[VisitDocument]) -> Iterator[tuple[VisitDocument, bytes]]:
    """Those whose pages can be read, with a PDF of these, in order.

    Uploaded files are opened by a process of their own, some at a time, so that few of them wait in memory.
    """
    pdfs = [one for one in documents if one.file.content_type == PDF and not one.is_in_sealed_file]
    for first in range(0, len(pdfs), AT_A_TIME):
        found = list(_with_contents(pdfs[first : first + AT_A_TIME]))
        for (document, _), rewritten in zip(found, pages.rewritten([content for _, content in found]), strict=True):
            if isinstance(rewritten, pages.PagesError):
                logger.info("%s is left out of the PDF of its visit: it can't be read", document.file)
            else:
                yield document, rewritten


def _with_contents(documents: Iterable[VisitDocument]) -> Iterator[tuple[VisitDocument, bytes]]:
    """Without those whose file is not on the disk."""
    for document in documents:
        with suppress(FileNotFoundError), document.file.file.open("rb") as file:
            yield document, file.read()
