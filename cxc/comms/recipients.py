"""Who is written to about a thing. People are known above; `profiles` hands down how to find them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cxc.access.scoped import Scoped, Side

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User

People = Callable[..., "list[User]"]
_finders: list[People] = []


def set_people_finder(function: People) -> None:
    """Called when the app that knows people is ready."""
    _finders[:] = [function]


def people_on(thing: Scoped, *sides: Side) -> "list[User]":
    """Who may write on these sides of the thing, each once."""
    return _finders[0](thing, *sides)
