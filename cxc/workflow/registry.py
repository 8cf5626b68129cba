"""What lower apps need from upper ones, handed down without an import that points up.

Each app fills these when it is ready (`AppConfig.ready`):
- blockers: a requirement that an upper app adds to a lower app's transition;
- followers: services that run after a transition, in the same transaction, in fixed order.
"""

from collections import defaultdict
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from cxc.workflow.requirements import Requirement, TransitionContext
from cxc.workflow.transitions import Transition

Follower = Callable[[TransitionContext], None]

_blockers: dict[tuple[str, str], list[Requirement]] = defaultdict(list)
_followers: dict[tuple[str, str], list[tuple[int, Follower]]] = defaultdict(list)


def block(kind: str, *transitions: str, by: Requirement) -> None:
    """Add a requirement from above to transitions of `kind` ('profiles.profile')."""
    for name in transitions:
        if by not in _blockers[kind, name]:
            _blockers[kind, name].append(by)


def after(kind: str, *transitions: str, order: int = 50) -> Callable[[Follower], Follower]:
    """Run the function after these transitions of `kind`, in the same transaction, by rising order."""

    def register(follower: Follower) -> Follower:
        for name in transitions:
            rows = _followers[kind, name]
            if all(known is not follower for _, known in rows):
                rows.append((order, follower))
                rows.sort(key=lambda row: row[0])
        return follower

    return register


def requirements_of(kind: str, declared: Transition) -> tuple[Requirement, ...]:
    """What the transition requires: its own list and what apps above added.

    ImproperlyConfigured when an external requirement of the transition was never added.
    """
    blockers = _blockers[kind, declared.name]
    lost = set(declared.external_requirements) - {blocker.name for blocker in blockers}
    if lost:
        raise ImproperlyConfigured(f"{kind}.{declared.name} awaits {sorted(lost)}, which no app has added.")
    return (*declared.requires, *blockers)


def followers_of(kind: str, name: str) -> list[Follower]:
    """The services that run after this transition, in order."""
    return [follower for _, follower in _followers[kind, name]]
