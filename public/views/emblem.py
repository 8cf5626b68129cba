"""The scheme's emblem, where the settings have one."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from cxc.core.emblem import emblem_version

_YEAR, _MINUTES = 365 * 86_400, 300


@public
@require_safe
def emblem(request: HttpRequest) -> HttpResponse:
    """The SVG file of CXC_EMBLEM; 404 without one.

    Browsers keep it for a year where they asked by its version: while machines change over, one of them may have
    another picture than the page that names the version.
    """
    if not settings.EMBLEM:
        raise Http404
    response = HttpResponse(settings.EMBLEM, content_type="image/svg+xml")
    if request.GET.get("v") == emblem_version():
        patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=_MINUTES)
    return response
