"""Looks up the names of organisations and Partnerships. `profiles` registers how: `cxc` may not import it."""

from collections.abc import Callable, Iterable, Mapping

from cxc.access.scoped import Principal

Names = Callable[[Principal, Iterable[int]], Mapping[int, str]]
_finders: list[Names] = []


def set_names_finder(function: Names) -> None:
    """Called when the app that knows principals is ready."""
    _finders[:] = [function]


def principal_names(principals: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The names of organisations and Partnerships given by kind and id; one query for each kind."""
    known = set(principals)
    found: dict[tuple[str, int], str] = {}
    for kind in (Principal.ORGANISATION, Principal.PARTNERSHIP):
        if ids := {pk for principal, pk in known if principal == kind}:
            found |= {(str(kind), pk): name for pk, name in _finders[0](kind, ids).items()}
    return found
