"""A fit of two profiles, as both ways of ranking give it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cxc import clock
from matching.enums import Criterion
from matching.fit.common_items import CommonItems
from matching.fit.criteria import CRITERIA, Pair, Share, SideCounts, shares
from profiles.enums import Modality

# What both ways of ranking say of each pair, in the order of the columns of `ranking.sql`.
SIDE_FIELDS = (
    *("topics_asked", "topics_met", "sectors_asked", "sectors_same", "sectors_near", "cross_sector", "types"),
    *("languages", "country_asked", "country_met", "days", "text_square"),
)
_DIRECTED_FIELDS = (*SIDE_FIELDS, *(f"{criterion}_factor" for criterion in Criterion))
COUNTS = (
    *_DIRECTED_FIELDS,
    *(f"{name}_there" for name in _DIRECTED_FIELDS),
    *("types_common", "languages_common", "days_common", "text_product"),
)


@dataclass(frozen=True)
class Fit:
    """How well another profile fits.

    score   both sides in one number, 0 to 1; own, theirs: how far each side's wishes are met, None where it ignores
            everything
    counts  what was counted of the pair (`COUNTS`), from which score and reasons come
    scale   likeness of texts that counts as full
    common_items  what the two share by name, where the snapshot has told it
    """

    profile_id: int
    score: float
    own: float | None
    theirs: float | None
    can_physical: bool
    can_virtual: bool
    counts: tuple[Any, ...]
    scale: float
    common_items: CommonItems | None = field(default=None, compare=False, repr=False)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The ways of meeting in which a proposal is possible."""
        flags = ((Modality.PHYSICAL, self.can_physical), (Modality.VIRTUAL, self.can_virtual))
        return tuple(modality for modality, can in flags if can)

    @cached_property
    def pair(self) -> Pair:
        """What was counted, as the formula reads it."""
        half = len(_DIRECTED_FIELDS)
        own, theirs, common = self.counts[:half], self.counts[half : 2 * half], self.counts[2 * half :]
        return Pair(_side(own), _side(theirs), *common)

    def shares(self, *, there: bool = False) -> list[Share]:
        """What each criterion brings to my side, or `there` to the other's."""
        return shares(self.pair, self.pair.theirs if there else self.pair.own, self.scale)


def _side(counts: tuple[Any, ...]) -> SideCounts:
    """Of the values of `_DIRECTED_FIELDS`, in the order of the class."""
    factors = dict(zip(CRITERIA, counts[len(SIDE_FIELDS) :], strict=True))
    fields = *counts[: len(SIDE_FIELDS)], factors
    return SideCounts(*fields)


def time_parameters() -> dict[str, Any]:
    """When is asked: an aware moment, and the date in UTC."""
    return {"moment": clock.now(), "today": clock.today()}
