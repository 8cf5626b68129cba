"""The map of hosts, for everybody."""

from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cxc.access.guards import public
from profiles.models import Country, Profile, Sector
from profiles.queries import scheme_values
from profiles.queries.generations import present_generation
from public.queries.host_map import named_hosts, number_of, numbers_by_country, published_hosts
from reports.charts import ChartLabels, europe

_ROWS = 24


class HostMapFilter(django_filters.FilterSet):
    """Country and sector."""

    country = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Country"), queryset=Country.objects.all(), field_name="organisation__country"
    )
    sector = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Sector"), queryset=Sector.objects.all(), field_name="own_sectors"
    )

    class Meta:
        model = Profile
        fields = ("country", "sector")


@public
@require_safe
def host_map(request: HttpRequest) -> HttpResponse:
    """Hosts by country on a map and in a list; beneath, those that agreed to be named."""
    found = HostMapFilter(request.GET, queryset=published_hosts())
    is_valid = found.is_valid()
    chosen = found.form.cleaned_data if is_valid else {}
    sector = chosen.get("sector")
    # The map shows all countries of the sector, whichever is chosen.
    numbers = numbers_by_country(published_hosts(sector=sector))
    hosts = published_hosts(country=chosen.get("country"), sector=sector)
    hosts = hosts if is_valid else hosts.none()
    named = named_hosts(hosts)
    named_number = number_of(named)
    context: dict[str, Any] = {
        "filter": found,
        "map": _map_svg(numbers),
        "numbers": numbers,
        "total": sum(numbers.values()),
        "country": chosen.get("country"),
        "sector": sector,
        "page": Paginator(named, _ROWS).get_page(request.GET.get("page")),
        "named": named_number,
        "unnamed": number_of(hosts) - named_number,
    }
    return render(request, "public/host_map.html", context, status=200 if is_valid else 400)


def _map_svg(numbers: dict[Country, int]) -> str:
    """The map; its words for screen readers say each number."""
    listed = ", ".join(f"{country} {number}" for country, number in numbers.items()) or _("None")
    participating = frozenset(country.pk for country in scheme_values.countries(present_generation()))
    labels = ChartLabels("host-map", _("Map of hosts"), f"{listed}.")
    by_code = {country.pk: number for country, number in numbers.items()}
    return europe(labels, by_code, participating=participating, none=_("None"), outside=_("Does not take part"))
