"""PDFs that have to be signed while the world is loaded, rendered beside it in a process of their own.

A version's content is final when it is validated, so its pages are rendered while other scenarios run;
whoever signs waits for them. All other PDFs are made by the worker after the start.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress

import django

from cxc.core.models import StoredFile
from cxc.demo.scenarios.sample_files import one_line_pdf
from cxc.documents import pdf
from exchanges.documents import printed, render_document
from exchanges.models import DocumentVersion
from exchanges.services import document_pdfs


class PdfRenderer:
    """Where PDFs are off (no Pango) a page says so in their place: the world stays the same otherwise."""

    def __init__(self, workers: ProcessPoolExecutor | None) -> None:
        self._workers = workers
        self._pending: dict[int, Future[bytes]] = {}

    def render_in_background(self, version: DocumentVersion) -> None:
        """Have it rendered while other records are loaded."""
        if self._workers is not None:
            self._pending[version.pk] = self._workers.submit(render_document, printed.of_version(version))

    def store(self, version: DocumentVersion) -> StoredFile | None:
        """The stored PDF, as a signature names its hash."""
        return document_pdfs.store_pdf(version, render=self._render)

    def _render(self, version: DocumentVersion) -> bytes:
        if self._workers is None:
            return one_line_pdf(f"{version}: made while PDFs were off here.")
        with suppress(KeyError, BrokenExecutor):
            return self._pending.pop(version.pk).result()
        return document_pdfs.render_pdf(version)


@contextmanager
def pdf_renderer() -> Iterator[PdfRenderer]:
    """A renderer with one process to render in; nothing is left of it afterwards."""
    if not pdf.available():
        yield PdfRenderer(None)
        return
    # A fresh process: a forked one would share the database's connection.
    workers = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=django.setup)
    try:
        yield PdfRenderer(workers)
    finally:
        workers.shutdown(cancel_futures=True)
