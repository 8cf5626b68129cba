"""Every request has a number and a line in the log."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cxc.core import request_number, request_times

HEADER = "X-Request-ID"
logger = logging.getLogger("cxc.requests")


class RequestLogMiddleware:
    """Gives each request its number, says it in the answer's header, counts and logs the answer.

    Comes first, so that what other middleware refuses is logged too. Files and probes that are answered as they should
    be are logged on level DEBUG.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        with request_number.of(request_number.proposed_or_new(request.headers.get(HEADER, ""))):
            response = self.get_response(request)
            response.headers[HEADER] = request_number.current()
            seconds = time.perf_counter() - started
            request_times.count(view_name(request), response.status_code, seconds)
            _log(request, response, seconds)
        return response


def view_name(request: HttpRequest) -> str:
    """The name of the address that was asked for, the same for all things of a kind; '' where there is none."""
    match = request.resolver_match
    return match.view_name if match else ""


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    fields = {
        "method": request.method,
        "path": request.path,
        "view": view_name(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
    }
    is_routine = response.status_code < 400 and request.path.startswith((settings.STATIC_URL, "/health/", "/metrics"))
    level = logging.DEBUG if is_routine else logging.INFO
    logger.log(level, "%(method)s %(path)s %(status)s %(milliseconds)s ms", fields, extra={"fields": fields})
