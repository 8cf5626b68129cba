"""Everybody who could stand before a thing: the roles of the lifecycle tables."""

from cxc.access.scoped import NOBODY, PORTAL, Actor
from tests.factories import people
from tests.factories.parties import Parties


def roles(c: Parties) -> dict[str, Actor]:
    """One actor a role, named as in the committed tables."""
    return {
        **{f"vo_{role}": people.member(c.visitor, role) for role in ("owner", "editor", "reader")},
        "vo_signatory": people.member(c.visitor, "reader", signs=True),
        **{f"ho_{role}": people.member(c.host, role) for role in ("owner", "editor", "reader")},
        "ho_signatory": people.member(c.host, "reader", signs=True),
        "vop": c.vop_coordinator,
        "vop_reader": people.coordinator(c.vop, "reader"),
        "vop_signatory": people.coordinator(c.vop, "reader", signs=True),
        "hop": c.hop_coordinator,
        "hop_reader": people.coordinator(c.hop, "reader"),
        "so": c.so,
        "observer": people.observer(),
        "stranger": people.stranger(),
        "nobody": NOBODY,
        "portal": PORTAL,
    }
