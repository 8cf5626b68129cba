"""Pages for errors that need more than a template."""

import math
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views import defaults

# PostgreSQL shuts down, has crashed, or is starting; or the connection to it, or PgBouncer's, was lost (class 08).
_AWAY = ("57P01", "57P02", "57P03", "08")
_RETRY_SECONDS = 10


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """The page for too many requests; it says when to try again. The limits on signing in count by the minute."""
    context = {"back": request.get_full_path(), "minutes": math.ceil(seconds / 60)}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of the portal (500), or for a database that is away or starting anew (503).

    Django calls it while it handles the exception.
    """
    if not _is_database_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(_RETRY_SECONDS)})


def _is_database_away(error: BaseException | None) -> bool:
    """Of a timeout or a deadlock the database has told its code; where it can't be reached there is none."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code.startswith(_AWAY)
