"""What tests read of a page's source."""

import re

from django.http import HttpResponseBase


def source_of(response: HttpResponseBase) -> str:
    """The page's HTML without the line breaks and indentation that the formatter of templates decides."""
    page = re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"(?<=>) (?=<)", "", re.sub(r"(<[^<>]+) >", r"\1>", page))
