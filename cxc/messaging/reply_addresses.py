"""Where answers to a message go. `profiles` registers how it is found: `cxc` may not import it."""

from collections.abc import Callable
from typing import Any

from cxc.access.scoped import Actor

# The address, and whose it is; both empty where there is none.
ReplyAddress = tuple[str, str]
Finder = Callable[[Any, Actor], ReplyAddress]
_finders: list[Finder] = []


def set_reply_address_finder(function: Finder) -> None:
    """Called when the app that knows Partnerships is ready."""
    _finders[:] = [function]


def reply_address(thing: Any, actor: Actor) -> ReplyAddress:
    """The address of the writer's Partnership, or of the Support Office, for a message about this record."""
    return _finders[0](thing, actor)
