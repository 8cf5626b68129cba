"""When, by whom and with what a transition is performed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from cxc import clock
from cxc.access.scoped import Actor, Side


class Mode(StrEnum):
    """Whether a transition happens now, or happened outside the portal and is entered afterwards."""

    LIVE = "live"
    RECORDED = "recorded afterwards"


@dataclass(frozen=True, slots=True)
class Timing:
    """When and in which mode something is done. `moment` None means the clock's now."""

    mode: Mode = Mode.LIVE
    moment: datetime | None = None
    source: str = ""

    @property
    def now(self) -> datetime:
        return self.moment or clock.now()

    @property
    def is_recorded(self) -> bool:
        return self.mode is Mode.RECORDED


LIVE = Timing()


@dataclass(frozen=True, slots=True)
class TransitionContext:
    """What a requirement is evaluated with: thing, actor, side, timing, reason and facts given."""

    thing: Any
    actor: Actor
    side: Side
    timing: Timing = LIVE
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.timing.now

    @property
    def is_recorded(self) -> bool:
        return self.timing.is_recorded
