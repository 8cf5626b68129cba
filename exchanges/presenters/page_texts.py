"""The text of each page of a stored file, beside its picture: for screen readers, and to search in the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cxc.core.models import StoredFile
from cxc.core.refusals import StoreAway
from cxc.documents import pages


@dataclass(frozen=True)
class PageTexts:
    """The text of each page of a file, or why its pages can't be shown."""

    pages: Sequence[str] = ()
    problem: str = ""


def page_texts(stored: StoredFile) -> PageTexts:
    """Of a PDF the text of each page; a picture is one page without text."""
    if stored.content_type != pages.PDF:
        return PageTexts([""])
    try:
        with stored.file.open("rb") as file:
            return PageTexts(pages.texts(file.read()))
    except (pages.PagesError, StoreAway) as error:
        return PageTexts(problem=str(error))
    except OSError:
        return PageTexts(problem=_("This file is missing on the disk."))
