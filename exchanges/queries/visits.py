"""Matches and visits from which an exchange can begin."""

from django.db.models import QuerySet

from cxc import clock
from cxc.access.scoped import Actor, Principal
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Visit
from matching.enums import MatchState
from matching.models import Match
from matching.models.match.querysets import MatchQuerySet

# Who stands on the sides of a visit is found through all its exchanges: read them at once.
VISITING_PROFILES = "exchanges__match__visiting_profile"


def free_matches(actor: Actor) -> QuerySet[Match]:
    """The confirmed matches for which the actor may begin an exchange: none stands yet.

    A Partnership's own, on either side; all for the Support Office. An organisation begins none.
    """
    return (
        Match.objects.none()
        if actor.principal is Principal.ORGANISATION
        else without_exchange(actor).with_display_relations()
    )


def without_exchange(actor: Actor) -> MatchQuerySet:
    """The confirmed matches that the actor sees and that no exchange stands on, cancelled ones excepted."""
    taken = Exchange.objects.exclude(state=ExchangeState.CANCELLED).values("match_id")
    return Match.objects.visible_to(actor).filter(state=MatchState.CONFIRMED).exclude(pk__in=taken)


def visits_to_join(match: Match) -> QuerySet[Visit]:
    """The visits at this match's host, in its modality, that are not over yet."""
    return Visit.objects.filter(
        host_profile_id=match.host_profile_id, modality=match.modality, last_day__gte=clock.today()
    ).select_related("lead", "host_profile__organisation")
