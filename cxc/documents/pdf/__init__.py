"""Official papers as PDF: a template and plain values go in, tagged PDF/UA bytes come out.

Rule: docs/rules.md, Documents. Same values, same bytes; everything it needs lies in the project. Whoever stores a
file that was signed keeps its `sha256` and never renders it again.
"""

from cxc.documents.pdf.engine import PdfUnavailableError, available, missing_sentence
from cxc.documents.pdf.plain import plain
from cxc.documents.pdf.process import DocumentError, TooSlowError, interactive_time_limit
from cxc.documents.pdf.rendering import Attachment, Mark, render, sha256

__all__ = [
    "Attachment",
    "DocumentError",
    "Mark",
    "PdfUnavailableError",
    "TooSlowError",
    "available",
    "interactive_time_limit",
    "missing_sentence",
    "plain",
    "render",
    "sha256",
]
