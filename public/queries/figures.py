"""The scheme in a few figures, for the front page: from the statistics, cached for some minutes."""

from typing import Any

from django.core.cache import cache

from profiles.enums import Modality
from profiles.models import Partnership
from public.queries.host_map import number_of, published_hosts
from reports.statistics import Filters, statistics

_KEY = "public-figures"
CACHE_SECONDS = 600


def figures() -> dict[str, int]:
    """Confirmed exchanges (all, in person, online), host countries, hosts, Partnerships.

    No names and no money. As of at most ten minutes ago; hosts as of now, the same number as on their map.
    """
    found: dict[str, int] | None = cache.get(_KEY)
    if found is None:
        found = _figures_of(statistics(Filters()))
        cache.set(_KEY, found, timeout=CACHE_SECONDS)
    return found | {"hosts": number_of(published_hosts())}


def _figures_of(values: dict[str, Any]) -> dict[str, int]:
    exchanges = values["exchanges"]
    parts = [exchanges[modality] for modality in Modality]
    return {
        "confirmed": exchanges["confirmed"],
        "physical": exchanges[Modality.PHYSICAL]["total"],
        "virtual": exchanges[Modality.VIRTUAL]["total"],
        "host_countries": len({code for part in parts for code in part["by_host_country"]}),
        "partnerships": Partnership.objects.count(),
    }
