"""Everybody who could stand before a thing: the roles of the lifecycle tables."""

from cxc.access.scoped import NOBODY, PORTAL, Actor
from tests.factories import people
from tests.factories.parties import Parties


def roles(parties: Parties) -> dict[str, Actor]:
    """One actor a role, named as in the committed tables."""
    return {
        **{f"vo_{role}": people.member(parties.visitor, role) for role in ("owner", "editor", "reader")},
        "vo_signatory": people.member(parties.visitor, "reader", signs=True),
        **{f"ho_{role}": people.member(parties.host, role) for role in ("owner", "editor", "reader")},
        "ho_signatory": people.member(parties.host, "reader", signs=True),
        "vop": parties.vop_coordinator,
        "vop_reader": people.coordinator(parties.vop, "reader"),
        "vop_signatory": people.coordinator(parties.vop, "reader", signs=True),
        "hop": parties.hop_coordinator,
        "hop_reader": people.coordinator(parties.hop, "reader"),
        "so": parties.so,
        "observer": people.observer(),
        "stranger": people.stranger(),
        "nobody": NOBODY,
        "portal": PORTAL,
    }
