"""The scheme's emblem, where the settings have one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cxc.access.guards import public

# Pages ask for it with its version in the address.
_YEAR = 365 * 86_400


@public
@cache_control(max_age=_YEAR, public=True, immutable=True)
@require_safe
def emblem(request: HttpRequest) -> HttpResponse:
    """The SVG file of CXC_EMBLEM; 404 without one."""
    if not settings.EMBLEM:
        raise Http404
    return HttpResponse(settings.EMBLEM, content_type="image/svg+xml")
