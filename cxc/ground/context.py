"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cxc import clock
from cxc.ground import menu
from cxc.ground.access import NOBODY


def frame(request: HttpRequest) -> dict[str, Any]:
    """The menu, the actor, and the moved clock's banner."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "menu": menu.menu_for(actor, request.path),
        "actor": actor,
        "moved_clock": clock.now() if settings.MOVABLE_CLOCK and clock.offset() else None,
        "demo_world": settings.DEMO_WORLD,
    }
