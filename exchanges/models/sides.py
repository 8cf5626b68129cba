"""How the sides of an exchange are reached, and what its name reads, from itself and from what belongs to it."""

from cxc.access.scoped import Side
from cxc.core.narrow import Columns, prefixed

VO, HO, VOP, HOP, LEAD = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD
SO, OBSERVER, PORTAL = Side.SO, Side.OBSERVER, Side.PORTAL

EXCHANGE_PARTIES = {
    VO: "organisation_id",
    HO: "match__host_profile__organisation_id",
    VOP: "match__visiting_profile__partnership_id",
    HOP: "match__host_profile__partnership_id",
    LEAD: "visit__lead_id",
}
# For lists: the copies that the exchange has of its match.
EXCHANGE_LISTED = {HO: "host_organisation_id", VOP: "visitor_partnership_id", HOP: "host_partnership_id"}
OF_EXCHANGE_LISTED = {side: f"exchange__{path}" for side, path in EXCHANGE_LISTED.items()}
OF_EXCHANGE = {side: f"exchange__{path}" for side, path in EXCHANGE_PARTIES.items()}

VISIT_PARTIES = {
    HO: "host_profile__organisation_id",
    HOP: "host_profile__partnership_id",
    LEAD: "lead_id",
    VO: "exchanges__organisation_id",
    VOP: "exchanges__match__visiting_profile__partnership_id",
}
VISIT_LISTED = {VOP: "exchanges__visitor_partnership_id"}
OF_VISIT_LISTED = {side: f"visit__{path}" for side, path in VISIT_LISTED.items()}
OF_VISIT = {side: f"visit__{path}" for side, path in VISIT_PARTIES.items()}

_HOST_OF_VISIT: Columns = {
    "host_profile": ("organisation", "partnership", "generation"),
    "host_profile__organisation": ("legal_name",),
}
EXCHANGE_LABEL: Columns = {
    # With the country: the link to a payee leads to the bank details that are missing.
    "organisation": ("legal_name", "country"),
    "organisation__country": ("has_iban",),
    "visit": ("host_profile", "lead", "time_zone"),
    **prefixed("visit", _HOST_OF_VISIT),
    "match": ("visiting_profile", "host_profile"),
    "match__visiting_profile": ("organisation", "partnership"),
    "match__visiting_profile__partnership": ("acronym",),
    "match__host_profile": ("organisation", "partnership"),
    "match__host_profile__partnership": ("acronym",),
}
VISIT_LABEL: Columns = {**_HOST_OF_VISIT, "host_profile__partnership": ("acronym",), "lead": ("acronym",)}
_OWN_OF_VISIT = ("host_profile", "lead", "title", "first_day", "time_zone")
LABEL_OF_VISIT: Columns = prefixed("visit", {"": _OWN_OF_VISIT, **VISIT_LABEL})
