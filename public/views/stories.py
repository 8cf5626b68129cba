"""Success stories, for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from public.queries.stories import approved_stories

_ROWS = 20


@public
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """All that are approved, the latest first."""
    page = Paginator(approved_stories(), _ROWS).get_page(request.GET.get("page"))
    return render(request, "public/stories.html", {"page": page})
