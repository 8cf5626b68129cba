"""A fit of two profiles, as both ways of ranking give it."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cxc import clock
from matching.fit.common_items import CommonItems
from profiles.enums import Modality


class Side(NamedTuple):
    """What one of the two looks for, and finds at the other.

    parts, weights   how far each criterion is met (0 to 1) and how much it weighs, in the order of the criteria; what
                     has nothing to say weighs nothing. This side's score comes from them
    days             calendar days from today on which it is free
    is_near          whether the other is in the NACE section of a sector that it looks for
    welcomes_others  whether other sectors are welcome
    country_met      whether the other is in a country that it looks for
    """

    parts: tuple[float, ...]
    weights: tuple[int, ...]
    days: int
    is_near: bool
    welcomes_others: bool
    country_met: bool


@dataclass(frozen=True)
class Fit:
    """How well another profile fits.

    score   both sides in one number, 0 to 1; own, theirs: how far each side's wishes are met, None where it ignores
            everything
    days_common   calendar days from today on which both are free
    is_alike      whether the two texts are about related subjects
    common_items  what the two share by name, where the snapshot has told it
    """

    profile_id: int
    score: float
    own: float | None
    theirs: float | None
    can_physical: bool
    can_virtual: bool
    own_side: Side
    their_side: Side
    days_common: int
    is_alike: bool
    common_items: CommonItems | None = field(default=None, compare=False, repr=False)

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The ways of meeting in which a proposal is possible."""
        flags = ((Modality.PHYSICAL, self.can_physical), (Modality.VIRTUAL, self.can_virtual))
        return tuple(modality for modality, can in flags if can)


def time_parameters() -> dict[str, Any]:
    """When is asked: an aware moment, and the date in UTC."""
    moment = clock.now()
    return {"moment": moment, "today": moment.date()}
