"""How many visitors a host can still take. Rule: the things, Places."""

from cxc import clock
from matching.models import Match
from profiles.models import Profile


def places_free(host: Profile) -> int:
    """Places that no confirmed match holds today, by the host's calendar."""
    day = clock.today(host.organisation.country.time_zone)
    return max(host.places - Match.objects.holding_a_place(host, day).count(), 0)
