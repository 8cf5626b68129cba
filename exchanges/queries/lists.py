"""The rows of the lists of exchanges and visits, with the columns that pages and files show.

Few tables are joined: for more than a dozen the database takes longer to plan a query than to carry it out.
"""

from collections.abc import Iterable

from django.db.models import Prefetch

from cxc.core.narrow import Columns, narrow
from exchanges.models import Exchange, Visit
from exchanges.models.exchange import ExchangeQuerySet
from exchanges.models.visit import VisitQuerySet

_STAGES = ("planned", "agreed", "actual")
_FIGURES = tuple(f"{stage}_{name}" for stage in _STAGES for name in ("start", "end", "working_days"))
_COUNTRY, _PARTNERSHIP = ("name",), ("acronym",)
_EXCHANGE: Columns = {
    "": ("visit", "match", "modality", "state", "agreed_lump_sum", "generation", "type", "sector", *_FIGURES),
    "organisation": ("legal_name", "country"),
    "organisation__country": _COUNTRY,
    "generation": ("name",),
    "type": ("name",),
    "sector": ("code", "title"),
    "match": ("visiting_profile", "host_profile"),
    "match__visiting_profile": ("organisation", "partnership"),
    "match__visiting_profile__partnership": _PARTNERSHIP,
}
_HOST: Columns = {
    "host_profile": ("organisation", "partnership", "generation"),
    "host_profile__organisation": ("legal_name", "country"),
    "host_profile__organisation__country": _COUNTRY,
    "host_profile__partnership": _PARTNERSHIP,
}
_VISIT: Columns = {"": ("host_profile", "lead", "title", "first_day", "time_zone"), **_HOST}


def exchanges_to_list(exchanges: ExchangeQuerySet) -> ExchangeQuerySet:
    """These exchanges; give those that were read to `take_hosts_from_visits`."""
    return narrow(exchanges, _EXCHANGE).prefetch_related(Prefetch("visit", narrow(Visit.objects.order_by(), _VISIT)))


def visits_to_list(visits: VisitQuerySet) -> VisitQuerySet:
    """These visits, with host, lead and generation."""
    return narrow(visits, {**_HOST, "host_profile__generation": ("name",), "lead": _PARTNERSHIP})


def take_hosts_from_visits(exchanges: Iterable[Exchange]) -> None:
    """The host profile of a match is that of the visit, which was read."""
    for one in exchanges:
        if one.match.host_profile_id == one.visit.host_profile_id:
            one.match.host_profile = one.visit.host_profile
