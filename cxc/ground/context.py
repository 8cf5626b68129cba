"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cxc import clock


def frame(request: HttpRequest) -> dict[str, Any]:
    """The actor, and the moved clock's banner."""
    return {
        "actor": getattr(request, "actor", None),
        "moved_clock": clock.now() if settings.MOVABLE_CLOCK and clock.offset() else None,
        "demo_world": settings.DEMO_WORLD,
    }
