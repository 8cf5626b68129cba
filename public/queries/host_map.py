"""Hosts as everybody may know of them: how many in each country, and the names of those that agreed.

Rule: docs/rules.md, Public map of hosts.
"""

from typing import Any

from django.db.models import Count

from profiles.enums import ProfileKind
from profiles.models import Country, Profile, Sector
from profiles.models.profile import ProfileQuerySet


def published_hosts(*, country: Country | None = None, sector: Sector | None = None) -> ProfileQuerySet:
    """Host profiles that are published and whose period is not over."""
    given: dict[str, Any] = {"organisation__country": country, "own_sectors": sector}
    return Profile.objects.available().filter(kind=ProfileKind.HOST, **{k: v for k, v in given.items() if v})


def number_of(hosts: ProfileQuerySet) -> int:
    """How many organisations host: one with several host profiles is one host."""
    return hosts.order_by().values("organisation").distinct().count()


def numbers_by_country(hosts: ProfileQuerySet) -> dict[Country, int]:
    """How many organisations host, in the countries' order by name; countries without any are left out."""
    counted = hosts.order_by().values("organisation__country").annotate(number=Count("organisation", distinct=True))
    numbers = dict(counted.values_list("organisation__country", "number"))
    return {country: numbers[country.pk] for country in Country.objects.filter(pk__in=numbers)}


def named_hosts(hosts: ProfileQuerySet) -> ProfileQuerySet:
    """The profiles of organisations that agreed to be named, by name, with what a card shows."""
    named = hosts.filter(organisation__named_in_public=True).select_related("organisation__country")
    return named.prefetch_related("own_sectors", "offers").order_by("organisation__legal_name__folded", "pk")
