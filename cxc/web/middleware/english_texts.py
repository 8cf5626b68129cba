"""Pages of a partly translated language name the language of their English texts, for screen readers (WCAG 3.1.2)."""

import re
from collections.abc import Callable, Container
from html import unescape

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from cxc.core.languages import is_partly_translated, untranslated_texts

# A tag, the text after it, and the tag that comes next.
_TAG_AND_TEXT = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:"[^"]*"|'[^']*'|[^<>"'])*+)>"""
    r"""(?P<text>\s*[^<\s][^<]*)(?=<(?P<next>/?[a-z0-9-]*))""",
    re.IGNORECASE,
)
_WITHOUT_ELEMENTS = ("title", "option", "textarea", "script", "style")


class EnglishTextsMiddleware:
    """Marks what a page in a partly translated language says in English; other answers stay as they are.

    Not in the way where the settings name no such language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PARTLY_TRANSLATED_LANGUAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        code = translation.get_language()
        is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
        if code and is_page and is_partly_translated(code):
            response.content = marked(response.content.decode(), untranslated_texts(code)).encode()
        return response


def marked(page: str, english: Container[str]) -> str:
    """The page with `lang="en"` around each whole text that is one of `english`.

    The element gets it where it holds nothing else, else the text an element of its own. Attributes, and sentences with
    a value in them, stay unmarked.
    """

    def replaced(found: re.Match[str]) -> str:
        if " ".join(unescape(found["text"]).split()) not in english:
            return found[0]
        start = found["end"] + found["name"] + found["attributes"]
        if not found["end"] and found["next"] == f"/{found['name']}":
            return found[0] if " lang=" in start else f'<{start} lang="en">{found["text"]}'
        if found["name"] in _WITHOUT_ELEMENTS and not found["end"]:
            return found[0]
        return f'<{start}><span lang="en">{found["text"]}</span>'

    return _TAG_AND_TEXT.sub(replaced, page)
