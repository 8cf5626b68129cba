"""Who still needs a partner, and how many a host can take. Rule: docs/bench.md, Who takes part."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cxc.access.scoped import Actor
from cxc.core.models import SchemeSettings
from matching.enums import MatchState, PlanScope
from matching.models import Match, Plan
from matching.queries.own_profiles import own_available
from matching.queries.places import free_places
from matching.queries.used_up import used_up_profile
from profiles.enums import Modality, ProfileKind
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


def unmatched_visitors(modality: str) -> ProfileQuerySet:
    """Available visitors that want this modality and have no confirmed match in it, used-up ones left out."""
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED, modality=modality)
    visitors = Profile.objects.available().filter(**{modality: True}, kind=ProfileKind.VISITING)
    if modality == Modality.PHYSICAL:
        return visitors.filter(~Exists(confirmed.filter(visiting_profile=OuterRef("pk"))), ~used_up_profile())
    elsewhere = confirmed.filter(visiting_organisation=OuterRef("organisation"), generation=OuterRef("generation"))
    return visitors.filter(~Exists(elsewhere))


def visitors_for(plan: Plan) -> ProfileQuerySet:
    """The visitors that a plan looks at: without a match, and not yet with the most open proposals one may have."""
    visitors = unmatched_visitors(plan.modality).filter(generation=plan.generation_id).not_dormant()
    visitors = visitors.alias(open_proposals=_open_proposals(plan.modality)).filter(
        open_proposals__lt=SchemeSettings.current().open_proposals_limit
    )
    if plan.partnership_id and not _is_for_own_hosts(plan):
        visitors = visitors.filter(partnership=plan.partnership_id)
    if plan.first_day and plan.last_day:
        visitors = visitors.filter(available_from__lte=plan.first_day, available_to__gte=plan.last_day)
    if plan.working_days is not None:
        visitors = visitors.filter(Q(working_days__lte=plan.working_days) | Q(working_days=None))
    return visitors.order_by("organisation__legal_name__folded", "pk")


def hosts_for(plan: Plan) -> ProfileQuerySet:
    """The hosts that a plan looks at; how many places each has for it: `places_to_fill`."""
    hosts = (
        Profile.objects.available()
        .not_dormant()
        .filter(**{plan.modality: True}, kind=ProfileKind.HOST, generation=plan.generation_id)
    )
    if plan.host_id is not None:
        hosts = hosts.filter(pk=plan.host_id)
    elif plan.scope == PlanScope.HOSTS:
        hosts = hosts.filter(partnership=plan.partnership_id)
    return hosts.order_by("organisation__legal_name__folded", "pk")


def places_to_fill(plan: Plan, hosts: Iterable[Profile]) -> dict[int, int]:
    """For each host its free places less its open proposals, so that nobody is asked for a place twice.

    A plan for one visit: what its coordinator asked for, within the host's free places.
    """
    free = free_places_by_host(hosts)
    if plan.places is not None:
        return {pk: min(plan.places, places) for pk, places in free.items()}
    open_proposals = Counter(
        Match.objects.filter(state=MatchState.PROPOSED, host_profile__in=free).values_list("host_profile", flat=True)
    )
    return {pk: max(places - open_proposals[pk], 0) for pk, places in free.items()}


def free_places_by_host(hosts: Iterable[Profile]) -> dict[int, int]:
    """For each host the places that no confirmed match holds today, by the host's calendar; one query."""
    rows = Profile.objects.filter(pk__in=[host.pk for host in hosts]).annotate(free=free_places())
    return dict(rows.values_list("pk", "free"))


def _is_for_own_hosts(plan: Plan) -> bool:
    """Whether the hosts are the Partnership's own, so that any visitor may be proposed to them."""
    if plan.scope == PlanScope.ONE_HOST:
        return plan.host is not None and plan.host.partnership_id == plan.partnership_id
    return plan.scope == PlanScope.HOSTS


def _open_proposals(modality: str) -> Coalesce:
    mine = Match.objects.filter(state=MatchState.PROPOSED, modality=modality, visiting_profile=OuterRef("pk"))
    number = mine.order_by().values("visiting_profile").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def needing_a_partner(profiles: ProfileQuerySet) -> ProfileQuerySet:
    """Those among these profiles that are available and still need a partner, visitors and hosts alike."""
    visitors = [Q(pk__in=unmatched_visitors(modality).values("pk")) for modality in Modality]
    hosts = Profile.objects.available().filter(kind=ProfileKind.HOST).alias(free=free_places()).filter(free__gt=0)
    return profiles.filter(visitors[0] | visitors[1] | Q(pk__in=hosts.values("pk")))


def unmatched_profiles(actor: Actor, kind: str) -> ProfileQuerySet:
    """The actor's available profiles that still need a partner.

    Visitors without a confirmed match in a modality that they want; hosts with a free place.
    """
    own = own_available(actor).filter(kind=kind)
    if kind == ProfileKind.VISITING:
        lists = [Q(pk__in=unmatched_visitors(modality).values("pk")) for modality in Modality]
        return own.filter(lists[0] | lists[1])
    return own.alias(free=free_places()).filter(free__gt=0)
