"""Proposals that expire; reminders of them come from the `todo` of their transitions. Rule: docs/rules.md, Matches."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from cxc import clock
from cxc.core.models import SchemeSettings
from cxc.workflow import perform_as_system
from cxc.workflow.batches import process_each
from matching.enums import MatchState
from matching.models import Match
from matching.models.match import MatchQuerySet
from profiles.models import Participation


def expired_proposals() -> MatchQuerySet:
    """Proposals that have run out now: too old, or a participation has ended."""
    limit = clock.now() - timedelta(days=SchemeSettings.current().proposal_expiry_days)
    both_open = _participation_open("visiting_profile") & _participation_open("host_profile")
    return Match.objects.filter(state=MatchState.PROPOSED).filter(Q(expiry_counted_from__lte=limit) | ~both_open)


def expire_proposals() -> int:
    """Expire what has run out; how many. Can run twice or beside itself; one failure stops nobody."""
    return process_each(expired_proposals().order_by("pk"), lambda match: perform_as_system(match, "expire"))


def _participation_open(profile: str) -> Exists:
    return Exists(
        Participation.objects.filter(
            partnership=OuterRef(f"{profile}__partnership"),
            generation=OuterRef(f"{profile}__generation"),
            last_day__gte=clock.today(),
        )
    )
