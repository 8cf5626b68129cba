"""Whether the bodies that sign can be signed for by different people."""

from collections.abc import Collection, Iterable


def can_differ(groups: Iterable[Collection[int]]) -> bool:
    """Whether one can be taken from each group so that no two are the same."""
    ordered = sorted(groups, key=len)
    if not ordered:
        return True
    first, *others = ordered
    return any(can_differ([[one for one in group if one != taken] for group in others]) for taken in first)
