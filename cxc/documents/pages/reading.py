"""Asks the process that opens files: `texts`, `picture`, `cut`."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.documents.pages import child

SECONDS = 20
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


def cut(content: bytes, pages: Sequence[int]) -> bytes:
    """These pages (from 1) as a PDF of their own; the others are not in it. PagesError where that fails."""
    return _asked(content, command="cut", pages=list(pages))


def _asked(content: bytes, **order: Any) -> bytes:
    try:
        finished = subprocess.run(
            [sys.executable, "-I", str(Path(child.__file__))],
            input=json.dumps(order).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_("This file takes too long to read. Scan it in fewer dots per inch.")) from None
    kind, answer = finished.stdout[:1], finished.stdout[1:]
    if kind != child.DONE:
        raise Unreadable(_SENTENCES.get(kind, _SENTENCES[child.UNREADABLE]) % {"most": MOST_PAGES})
    return answer
