"""The addresses that programs ask beside the portal's pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from cxc.monitoring.health import live, ready
from cxc.monitoring.metrics import metrics

PROBES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics,
}


class ProbeMiddleware:
    """Answers `PROBES` before the name of the host, the session and the language are looked at.

    A probe asks the server by its network address, which is none of the portal's names. A session would be read from
    the database, which `live` does without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info.rstrip("/"))
        return self.get_response(request) if probe is None else probe(request)
