"""`/metrics`: numbers for Prometheus, for those who run the portal alone.

Rule: docs/monitoring.md, Metrics.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from cxc.access.guards import public
from cxc.core import request_times
from cxc.monitoring.state_metrics import StateCollector

LOOPBACK = {"127.0.0.1", "::1"}
# Any of them says that a proxy passes somebody else's request on.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")


@public  # and yet 404 for whoever has neither the token nor a process on this machine
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers, as Prometheus reads them. For everybody else there is nothing at this address."""
    if not (_has_token(request) or _is_on_this_machine(request)):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    request_times.register(registry)
    registry.register(StateCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and secrets.compare_digest(
        given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()
    )


def _is_on_this_machine(request: HttpRequest) -> bool:
    is_passed_on = any(name in request.headers for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_passed_on
