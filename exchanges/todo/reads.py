"""What the rules of an exchange on its way to "ready to start" read of it and of what it leads to.

Only these columns are fetched when the to-do is derived: an exchange leads to sixteen tables with three hundred.
"""

from django.db.models import Prefetch

from cxc.access.scoped import VisibleQuerySet
from cxc.core.narrow import Columns, every_column, narrow
from exchanges.models import Exchange, FinancialAgreement, OwnPart
from profiles.queries.contract_details import in_no_order

_PARTNERSHIP = ("acronym", "seat")
_ORGANISATION = ("legal_name", "kind", "country", "street", "postal_code", "city", "registration_number")
_VISIT = ("host_profile", "lead", "title", "first_day", "last_day", "time_zone", "modality")
_OF_EXCHANGE: Columns = {
    "organisation": _ORGANISATION,
    "organisation__country": ("name", "has_iban"),
    "generation": ("name", "first_day", "last_virtual_day", "min_working_days", "max_stay_months"),
    "visit": _VISIT,
    "visit__shared_part": ("visit", "state"),
    "visit__host_profile": ("organisation", "partnership"),
    "visit__host_profile__organisation": _ORGANISATION,
    "match": ("state", "modality", "place_until", "visiting_profile", "host_profile"),
    "match__visiting_profile": ("organisation", "partnership"),
    "match__visiting_profile__partnership": _PARTNERSHIP,
    "match__visiting_profile__partnership__seat": ("time_zone",),
    "match__visiting_profile__partnership__coordinating_organisation": ("partnership",),
    "match__host_profile": ("organisation", "partnership"),
    "match__host_profile__partnership": _PARTNERSHIP,
    "own_part": every_column(OwnPart),
    "agreement": every_column(FinancialAgreement),
}
_OF_SHARED_PART: Columns = {
    "visit": _VISIT,
    "visit__host_profile": ("organisation", "partnership", "generation"),
    "visit__host_profile__organisation": _ORGANISATION,
    "visit__host_profile__generation": ("name",),
    "visit__host_profile__partnership": _PARTNERSHIP,
    "visit__host_profile__partnership__coordinating_organisation": ("partnership",),
    "visit__lead": _PARTNERSHIP,
    "visit__lead__seat": ("time_zone",),
}
# Who takes part in a visit, and from when.
_VISITORS: Columns = {
    "": ("visit", "organisation", "state", "planned_start", "agreed_start", "actual_start"),
    "match": ("visiting_profile",),
    "match__visiting_profile": ("organisation", "partnership"),
}


def exchanges_with_what_rules_read(exchanges: VisibleQuerySet) -> VisibleQuerySet:
    """These exchanges with all that says what is owed on them, and on their documents."""
    found = narrow(exchanges, _OF_EXCHANGE)
    return found.prefetch_related(in_no_order("match__visiting_profile__partnership__participations"))


def shared_parts_with_what_rules_read(parts: VisibleQuerySet) -> VisibleQuerySet:
    """These shared parts with all that says what is owed on them."""
    return with_visitors(narrow(parts, _OF_SHARED_PART)).prefetch_related("visit__agenda_items")


def with_visitors(parts: VisibleQuerySet) -> VisibleQuerySet:
    """These shared parts with who takes part in their visits: the visitors' sides of each."""
    return parts.prefetch_related(Prefetch("visit__exchanges", narrow(Exchange.objects.order_by(), _VISITORS)))
