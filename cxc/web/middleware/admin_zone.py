"""The Django admin shows moments by the Support Office's clock."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from cxc.core.moments import OFFICE_ZONE


class AdminZoneMiddleware:
    """The Django admin shows, takes and filters moments by the Support Office's clock, which its header names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        with timezone.override(ZoneInfo(OFFICE_ZONE)):
            return self.get_response(request)
