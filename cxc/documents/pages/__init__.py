"""Pages of files that people hand in: their texts, their pictures, and some of them as a file of their own.

Rule: docs/paper-scans.md. Files from outside are opened in a process of their own (`cxc.documents.pages.child`).
"""

from cxc.documents.pages.reading import PDF, PagesError, cut, picture, rewritten, texts

__all__ = ["PDF", "PagesError", "cut", "picture", "rewritten", "texts"]
