"""Pages for errors that need more than a template."""

import math
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """The page for too many requests; it says when to try again. The limits on signing in count by the minute."""
    context = {"back": request.get_full_path(), "minutes": math.ceil(seconds / 60)}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response
