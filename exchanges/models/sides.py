"""How the sides of an exchange are reached, from itself and from what belongs to it."""

from cxc.access.scoped import Side

VO, HO, VOP, HOP, LEAD = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD
SO, OBSERVER, PORTAL = Side.SO, Side.OBSERVER, Side.PORTAL

EXCHANGE_PARTIES = {
    VO: "organisation_id",
    HO: "match__host_profile__organisation_id",
    VOP: "match__visiting_profile__partnership_id",
    HOP: "match__host_profile__partnership_id",
    LEAD: "visit__lead_id",
}
OF_EXCHANGE = {side: f"exchange__{path}" for side, path in EXCHANGE_PARTIES.items()}

VISIT_PARTIES = {
    HO: "host_profile__organisation_id",
    HOP: "host_profile__partnership_id",
    LEAD: "lead_id",
    VO: "exchanges__organisation_id",
    VOP: "exchanges__match__visiting_profile__partnership_id",
}
OF_VISIT = {side: f"visit__{path}" for side, path in VISIT_PARTIES.items()}
