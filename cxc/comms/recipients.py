"""Who is written to about a thing. People are known above; `profiles` hands down how to find them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxc.access.scoped import ORGANISATION_SIDES, PARTNERSHIP_SIDES, Scoped, Side, principals_on

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User


@dataclass(frozen=True)
class Addressee:
    """A person, and the side on which they are written to: that of an organisation, a Partnership, the Support Office.

    principal_id  of that organisation or Partnership; None for the Support Office
    """

    person: "User"
    side: Side
    principal_id: int | None = None


People = Callable[[Mapping[Side, Collection[int]]], list[Addressee]]
_finders: list[People] = []


def set_people_finder(function: People) -> None:
    """Called when the app that knows people is ready."""
    _finders[:] = [function]


def addressees_of(principals: Mapping[Side, Collection[int]]) -> list[Addressee]:
    """Who may write for these organisations and Partnerships, each person once, on the first side that has them."""
    return _finders[0](principals)


def addressees_on(thing: Scoped, *sides: Side) -> list[Addressee]:
    """Who may write on these sides of the thing, each person once."""
    return addressees_of({side: _principals(thing, side) for side in sides})


def _principals(thing: Scoped, side: Side) -> set[int]:
    return principals_on(thing, side) if side in ORGANISATION_SIDES | PARTNERSHIP_SIDES else set()
