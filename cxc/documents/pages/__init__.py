"""Pages of files that people hand in: their texts, their pictures, and some of them as a file of their own.

Files from outside are opened in a process of their own: when they are handed in by `upload_child`, later by `child`.
Rules: docs/forms.md, Uploads; docs/paper-scans.md.
"""

from cxc.documents.pages.inspection import HarmfulError, inspected
from cxc.documents.pages.reading import PDF, PagesError, cut, picture, rewritten, texts

__all__ = ["PDF", "HarmfulError", "PagesError", "cut", "inspected", "picture", "rewritten", "texts"]
