"""How many visitors a host can still take. Rule: docs/rules.md, Places."""

from datetime import datetime

from django.db.models import Count, DateField, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from cxc import clock
from matching.enums import MatchState
from matching.models import Match
from profiles.models import Profile


def count_free_places(host: Profile) -> int:
    """Places that no confirmed match holds today, by the host's calendar."""
    day = clock.today(host.organisation.country.time_zone)
    return max(host.places - Match.objects.holding_place_of(host, day).count(), 0)


def free_places(now: datetime | None = None) -> Greatest:
    """The same for a queryset of profiles, at this moment (UTC), as an expression; of visitors it means nothing."""
    day = Func(
        OuterRef("organisation__country__time_zone"),
        Value(now or clock.now()),
        template="timezone(%(expressions)s)::date",
        output_field=DateField(),
    )
    held = Match.objects.filter(host_profile=OuterRef("pk"), state=MatchState.CONFIRMED)
    held = held.filter(Q(place_until__isnull=True) | Q(place_until__gte=day))
    number = held.order_by().values("host_profile").annotate(number=Count("pk")).values("number")
    return Greatest(F("places") - Coalesce(Subquery(number), 0), 0)
