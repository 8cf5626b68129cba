"""Which pages search engines may keep: each app names its public ones when it is ready."""

from django.http import HttpRequest

_names: list[str] = []


def add_pages(*url_names: str) -> None:
    """These pages (by the names of their addresses) are for search engines."""
    _names.extend(name for name in url_names if name not in _names)


def page_names() -> tuple[str, ...]:
    """The names of all such pages."""
    return tuple(_names)


def includes(request: HttpRequest) -> bool:
    """Whether the page of this request is one of them."""
    match = getattr(request, "resolver_match", None)
    return match is not None and match.view_name in _names
