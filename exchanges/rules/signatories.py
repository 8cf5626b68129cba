"""Whether the bodies that sign can be signed for by different people, and who hands in what they signed."""

from collections.abc import Collection, Iterable

from cxc.access.scoped import Side
from exchanges.enums import Party

# Who may hand in the scan of a party's signature: the party, its Partnership, the Support Office.
UPLOADERS: dict[str, tuple[Side, ...]] = {
    Party.VO: (Side.VO, Side.VOP, Side.SO),
    Party.HO: (Side.HO, Side.HOP, Side.SO),
    Party.VOP: (Side.VOP, Side.SO),
    Party.HOP: (Side.HOP, Side.SO),
}


def can_differ(groups: Iterable[Collection[int]]) -> bool:
    """Whether one can be taken from each group so that no two are the same."""
    ordered = sorted(groups, key=len)
    if not ordered:
        return True
    first, *others = ordered
    return any(can_differ([[one for one in group if one != taken] for group in others]) for taken in first)
