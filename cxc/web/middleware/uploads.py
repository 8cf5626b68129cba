"""Uploads that a script sends, so that one sees how far they are."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class UploadMiddleware:
    """Tells a script that sent a form with a file where to go next, in place of a redirect.

    A script's request would follow the redirect by itself, and show the page's messages to nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Upload" not in request.headers or response.status_code not in (302, 303):
            return response
        answer = HttpResponse(status=204, headers={"X-Location": response.headers["Location"]})
        answer.cookies = response.cookies
        return answer
