"""What the portal does with proposals that nobody answers. Rule: work done by itself."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from cxc import clock
from cxc.ground.access import Side
from cxc.ground.models import SchemeSettings
from cxc.ground.moves import Refused, by_itself
from matching.enums import MatchState
from matching.models import Match
from matching.models.matches import MatchQuerySet
from profiles.models import Participation

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Nudge:
    """A proposal whose answer is owed: `day` is the nudge's (3, 7, 14), `sides` owe it (VO, HO)."""

    match: Match
    day: int
    sides: tuple[Side, ...]

    @property
    def key(self) -> str:
        """Names this nudge once and for all; a reopened proposal is nudged anew."""
        return f"match-nudge/{self.match.pk}/{self.match.counted_from:%Y%m%d%H%M}/{self.day}"


def due_to_expire() -> MatchQuerySet:
    """Proposals that have run out now: too old, or a participation has ended."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().proposal_expiry_days)
    both_open = _participation_open("visiting_profile") & _participation_open("host_profile")
    return Match.objects.filter(state=MatchState.PROPOSED).filter(Q(counted_from__lte=limit) | ~both_open)


def expire_due() -> int:
    """Expire what has run out; how many. Can run twice or beside itself; one failure stops nobody."""
    return sum(_expire(match) for match in due_to_expire().order_by("pk"))


def nudges_due() -> Iterator[Nudge]:
    """The latest nudge that each open proposal is due, for whoever sends it; its key sends it once.

    None while the visitor is matched elsewhere: there is nothing to hurry for.
    """
    now, days = clock.now(), sorted(SchemeSettings.current().proposal_nudge_days)
    if not days:
        return
    waiting = Match.objects.to_be_answered().filter(counted_from__lte=now - timedelta(days=days[0]))
    for match in waiting.with_faces().order_by("pk"):
        age = (now - match.counted_from).days
        yield Nudge(match, max(day for day in days if day <= age), match.sides_asked)


def _participation_open(profile: str) -> Exists:
    return Exists(
        Participation.objects.filter(
            partnership=OuterRef(f"{profile}__partnership"),
            generation=OuterRef(f"{profile}__generation"),
            last_day__gte=clock.today(),
        )
    )


def _expire(match: Match) -> bool:
    try:
        by_itself(match, "expire")
    except Refused:
        return False  # answered, or expired by a neighbour, in the meantime
    except Exception:
        logger.exception("Match %s could not be expired", match.pk)
        return False
    return True
