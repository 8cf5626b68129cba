"""Asks the process that opens files: `texts`, `picture`, `cut`, `rewritten`."""

import io
import json
import subprocess
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.documents.pages import child
from cxc.documents.pages.process import run

MOST_PAGES = 200
PDF = "application/pdf"


class PagesError(ValueError):
    """The pages can't be had; the message is a sentence for the person who handed the file in."""


class Unreadable(PagesError):
    """The file itself can't be read here."""


_SENTENCES: dict[bytes, Any] = {
    child.PASSWORD: _("This PDF asks for a password. Save it without one, then choose the new file."),
    child.TOO_MANY: _("This PDF has more than %(most)s pages. Split it, and upload the parts one after the other."),
    child.UNREADABLE: _("This file can't be read. Save or scan it again, then choose the new file."),
}


def texts(content: bytes) -> list[str]:
    """The text of each page of a PDF; '' for a page that is a picture. PagesError where it can't be read."""
    found: list[str] = json.loads(_asked(content, command="texts", most_pages=MOST_PAGES))
    return found


def picture(content: bytes, *, content_type: str, number: int = 1, width: int = 1000) -> bytes:
    """Page `number` (from 1) of a PDF, or a picture, as JPEG of `width` pixels. PagesError where there is none."""
    return _asked(content, command="picture", content_type=content_type, number=number, width=width)


def cut(content: bytes, parts: Sequence[Sequence[int]]) -> list[bytes | PagesError]:
    """Each list of pages (from 1) as a PDF of its own, without the other pages; for one that fails, its error.

    PagesError where the file itself can't be read.
    """
    return _split(_asked(content, command="cut", parts=[list(pages) for pages in parts])) if parts else []


def rewritten(contents: Sequence[bytes]) -> list[bytes | PagesError]:
    """These PDFs as pypdf writes them, all by one process; for one that can't be read, its error.

    A file that ends the process, or takes too long, is found by asking for each alone.
    """
    try:
        return _split(_asked(b"".join(contents), command="rewrite", sizes=[len(one) for one in contents]))
    except PagesError as error:
        return [one for content in contents for one in rewritten([content])] if len(contents) > 1 else [error]


def _split(answer: bytes) -> list[bytes | PagesError]:
    """The answers of several tasks, in their order."""
    line, _newline, joined = answer.partition(b"\n")
    sizes: list[int | None] = json.loads(line)
    stream = io.BytesIO(joined)
    return [Unreadable(_SENTENCES[child.UNREADABLE]) if size is None else stream.read(size) for size in sizes]


def _asked(content: bytes, **order: Any) -> bytes:
    try:
        answered = run(child, content, **order)
    except subprocess.TimeoutExpired:
        raise Unreadable(_("This file takes too long to read. Scan it in fewer dots per inch.")) from None
    kind, answer = answered[:1], answered[1:]
    if kind != child.DONE:
        raise Unreadable(_SENTENCES.get(kind, _SENTENCES[child.UNREADABLE]) % {"most": MOST_PAGES})
    return answer
