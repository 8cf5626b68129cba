"""Matches and visits from which an exchange can begin."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cxc import clock
from cxc.access.actor_kinds import ActorKind, kind_of_actor, values_of
from cxc.access.scoped import Actor, Principal
from cxc.core.compiled_queries import compiled_once
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Visit, VisitProposal, WaitingListEntry
from exchanges.models.visit import VisitQuerySet
from matching.enums import MatchState
from matching.models import Match
from matching.models.match.querysets import MatchQuerySet

# Who stands on the sides of a visit is found through all its exchanges: read them at once.
VISITING_PROFILES = "exchanges__match__visiting_profile"


@compiled_once
def visits_with_page(*, pk: int) -> VisitQuerySet:
    """The visit with this id, if there is one, with what its own page and those of its exchanges read of it."""
    return Visit.objects.with_host().select_related("shared_part", "host_profile__generation").filter(pk=pk)


def free_matches(actor: Actor) -> MatchQuerySet:
    """The confirmed matches for which the actor may begin an exchange: none stands yet.

    A Partnership's own, on either side; all for the Support Office. An organisation begins none.
    """
    return _open_to(actor, without_exchange(Match.objects.visible_to(actor)))


def free_matches_at(visit: Visit, actor: Actor) -> MatchQuerySet:
    """Those of them whose visitors may come along on this visit: with its host profile, in its modality."""
    at_host = Match.objects.filter(host_profile_id=visit.host_profile_id, modality=visit.modality)
    return _open_to(actor, without_exchange(at_host.visible_to(actor, few=True)))


def ids_of_free_matches_at(visit: Visit, actor: Actor) -> list[int]:
    """The ids of `free_matches_at`."""
    return _ids_of_free_matches_at(
        kind_of_actor(actor), host=visit.host_profile_id, modality=visit.modality, **values_of(actor)
    )


@compiled_once
def _ids_of_free_matches_at(
    kind: ActorKind, *, host: int, modality: str, **actor_values: Any
) -> "QuerySet[Match, int]":
    free = free_matches_at(Visit(host_profile_id=host, modality=modality), kind.actor(**actor_values))
    return free.order_by().values_list("pk", flat=True)


def has_join_requests(visit: Visit) -> bool:
    """Whether anybody ever asked to come along on the visit, or waited for a place."""
    return bool(_any_join_request(visit=visit.pk))


@compiled_once
def _any_join_request(*, visit: int) -> "QuerySet[Any, tuple]":
    waiting = WaitingListEntry.objects.filter(visit=visit).order_by().values_list("pk")
    return VisitProposal.objects.filter(visit=visit).order_by().values_list("pk").union(waiting)[:1]


def _open_to(actor: Actor, matches: MatchQuerySet) -> MatchQuerySet:
    return matches.none() if actor.principal is Principal.ORGANISATION else matches.with_display_relations()


def without_exchange(matches: MatchQuerySet) -> MatchQuerySet:
    """Confirmed matches on which no exchange stands that is not cancelled."""
    return matches.filter(~has_exchange(), state=MatchState.CONFIRMED)


def has_exchange() -> Exists:
    """Of a match: whether an exchange stands on it that is not cancelled."""
    return Exists(Exchange.objects.filter(match=OuterRef("pk")).exclude(state=ExchangeState.CANCELLED))


def visits_to_join(match: Match) -> VisitQuerySet:
    """The visits at this match's host, in its modality, that are not over yet."""
    return Visit.objects.filter(
        host_profile_id=match.host_profile_id, modality=match.modality, last_day__gte=clock.today()
    ).select_related("lead", "host_profile__organisation")
