"""Makes an actor anew from what was stored of one. `profiles` registers how: `cxc` may not import it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cxc.access.scoped import Actor

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User

Finder = Callable[["User", str, int | None], Actor | None]
_finders: list[Finder] = []


def set_actor_finder(function: Finder) -> None:
    """Called when the app that knows principals is ready."""
    _finders[:] = [function]


def actor_for_principal(user: "User", principal: str, principal_id: int | None) -> Actor | None:
    """The person acting for this principal with the rank they have now; None where they no longer act for it."""
    return _finders[0](user, principal, principal_id)
