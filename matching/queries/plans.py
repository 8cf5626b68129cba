"""What the page of a plan tells of it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Avg, Count, Q, Sum

from matching.models import Plan, PlannedPair
from matching.queries.unmatched import hosts_for, places_to_fill, visitors_for
from profiles.models import Profile
from profiles.models.profile import ProfileQuerySet


@dataclass(frozen=True)
class PlanFigures:
    """Of the pairs that are kept: how many, the sum of their fits, their mean of 100; what came of sending."""

    pairs: int
    total: float
    mean: int
    proposed: int
    refused: int

    @property
    def processed(self) -> int:
        """How many a worker is done with."""
        return self.proposed + self.refused


def figures_of(plan: Plan) -> PlanFigures:
    """As the draft stands now, edits included."""
    included = PlannedPair.objects.included().filter(plan=plan)
    found = included.aggregate(
        pairs=Count("pk"),
        total=Sum("score", default=0.0),
        mean=Avg("score", default=0.0),
        proposed=Count("pk", filter=Q(match__isnull=False)),
        refused=Count("pk", filter=~Q(refused="")),
    )
    return PlanFigures(**(found | {"mean": round(100 * found["mean"])}))


def unplanned_visitors(plan: Plan) -> ProfileQuerySet:
    """The visitors that the plan looks at and has no host for."""
    planned = plan.pairs.included().values("visiting")
    return visitors_for(plan).exclude(pk__in=planned).with_display_relations()


def places_left_by_host(plan: Plan) -> dict[Profile, int]:
    """Each host that the plan looks at with its places to fill less the pairs planned for it; below 0: too many."""
    hosts = list(hosts_for(plan).with_display_relations())
    places, planned = places_to_fill(plan, hosts), Counter(plan.pairs.included().values_list("host", flat=True))
    return {host: places[host.pk] - planned[host.pk] for host in hosts}
