"""What every page needs round its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cxc import clock
from cxc.access.scoped import NOBODY
from cxc.core.links import absolute
from cxc.web import menu, sitemap


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The menu, the actor, what search engines are told, and the moved clock's banner."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "menu": SimpleLazyObject(lambda: menu.menu_for(actor, request.path)),  # parts of a page show none
        "actor": actor,
        # A crawler never signs in: what it sees of the rest are doors, refusals and secret links.
        "noindex": not actor.is_signed_in and not sitemap.includes(request),
        "canonical": absolute(request.path) if sitemap.includes(request) else "",
        "moved_clock": clock.now() if settings.MOVABLE_CLOCK and clock.offset() else None,
        "demo_world": settings.DEMO_WORLD,
    }
