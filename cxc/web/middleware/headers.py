"""Headers of every answer: what a browser may keep, and what a page may ask the browser for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"


class HeadersMiddleware:
    """Keeps pages for signed-in people out of every cache, and turns off what no page of the portal uses.

    A view that says itself how long its answer may be kept is left as it is. Public pages, read by nobody
    in particular, and static files stay cacheable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", settings.CROSS_ORIGIN_RESOURCE_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if "Cache-Control" not in response.headers and _is_private(request):
            response.headers["Cache-Control"] = PRIVATE
        return response


def _is_private(request: HttpRequest) -> bool:
    """Whether somebody signed in was answered; an answer that did not look at the session is the same for all."""
    return request.session.accessed and request.user.is_authenticated
