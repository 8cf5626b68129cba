"""Whether PDFs can be made here: WeasyPrint needs the system library Pango.

WeasyPrint is imported only in the process that makes documents, so that a portal without Pango starts and
serves everything else.
"""

from functools import cache

from django.utils.translation import gettext as _

from cxc.documents.pdf.process import TooSlowError, maker

INSTALL_COMMAND = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailableError(RuntimeError):
    """PDFs are off on this machine; the message says what to install."""


def available() -> bool:
    """True when documents can be made. Asked once per process: restart after installing."""
    try:
        return _is_able()
    except TooSlowError:
        return True  # the machine is busy, and who asks for a document is told so


@cache
def _is_able() -> bool:
    return maker().is_able()


def missing_sentence() -> str:
    """What a reader of screen or log is told when `available()` is False, with the exact command."""
    return _("PDF documents are off because the library Pango is missing. Install it with: %(command)s") % {
        "command": INSTALL_COMMAND
    }


def require() -> None:
    """PdfUnavailableError when documents cannot be made here."""
    if not available():
        raise PdfUnavailableError(missing_sentence())
