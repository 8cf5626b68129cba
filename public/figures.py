"""The scheme in a few figures, for the front page: from the statistics, kept for some minutes."""

from typing import Any

from django.core.cache import cache

from profiles.enums import Modality
from profiles.models import Partnership
from reports.statistics import Filters, statistics

_KEY = "public-figures"
KEPT_SECONDS = 600


def figures() -> dict[str, int]:
    """Confirmed exchanges (all, in person, online), host countries, published hosts, Partnerships.

    No names and no money. As of at most ten minutes ago.
    """
    found: dict[str, int] | None = cache.get(_KEY)
    if found is None:
        found = _counted(statistics(Filters()))
        cache.set(_KEY, found, timeout=KEPT_SECONDS)
    return found


def _counted(told: dict[str, Any]) -> dict[str, int]:
    exchanges = told["exchanges"]
    parts = [exchanges[modality] for modality in Modality]
    return {
        "confirmed": exchanges["confirmed"],
        "physical": exchanges[Modality.PHYSICAL]["total"],
        "virtual": exchanges[Modality.VIRTUAL]["total"],
        "host_countries": len({code for part in parts for code in part["by_host_country"]}),
        "hosts": told["hosts"]["published"],
        "partnerships": Partnership.objects.count(),
    }
