"""What tests read of a page's source."""

import re

from django.http import HttpResponseBase


def source_of(response: HttpResponseBase) -> str:
    """The page's HTML without the line breaks and indentation that the formatter of templates decides."""
    page = response.content.decode()  # type: ignore[attr-defined]
    one_line_tags = re.sub(r"<[^<>]+>", lambda tag: re.sub(r"\s+(?=>)", "", re.sub(r"\s+", " ", tag[0])), page)
    return re.sub(r">\s+<", "><", one_line_tags)
