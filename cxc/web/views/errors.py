"""Pages for errors that need more than a template."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest) -> HttpResponse:
    """The page for too many requests; it says to try again in a minute, since all limits count by the minute."""
    response = render(request, "429.html", {"back": request.get_full_path()}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "60"
    return response
