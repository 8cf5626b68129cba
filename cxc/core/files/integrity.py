"""Whether an uploaded file can be opened: a PDF has pages, a picture has all its parts."""

import logging
import warnings
from typing import BinaryIO

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import DependencyError

# More pixels than any camera takes would fill the memory of a process that draws them.
MOST_PIXELS = 250_000_000


def is_whole(file: BinaryIO, content_type: str) -> bool:
    """Whether a file of this type can be opened and has something to show; the file is at its beginning afterwards."""
    file.seek(0)
    try:
        return _has_pages(file) if content_type == "application/pdf" else _has_all_parts(file)
    except DependencyError:  # an encrypted PDF is read by who has its password, not here
        return True
    except Exception:  # the readers stumble over damaged files in many ways
        return False
    finally:
        file.seek(0)


def _has_pages(file: BinaryIO) -> bool:
    log = logging.getLogger("pypdf")
    was_disabled, log.disabled = log.disabled, True  # it logs every flaw of a file that can still be read
    try:
        reader = PdfReader(file)
        return reader.is_encrypted or len(reader.pages) > 0
    finally:
        log.disabled = was_disabled


def _has_all_parts(file: BinaryIO) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(file, formats=("JPEG", "PNG"))
    if image.width * image.height > MOST_PIXELS:
        return False
    if image.format == "PNG":
        image.verify()  # reads every chunk to the last, without drawing
    else:
        image.draft("L", (1, 1))  # an eighth of the size, from all of the data
        image.load()
    return True
