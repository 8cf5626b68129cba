"""The usual parties of a test: a visitor and a host, each with its Partnership, and the Support Office."""

from dataclasses import dataclass, replace

from cxc.access.scoped import Actor
from profiles.models import Organisation, Partnership
from tests.factories import people
from tests.factories.cache import cached


@dataclass
class Parties:
    """The usual parties: a Spanish visitor and a Belgian host, each with its Partnership."""

    visitor: Organisation
    host: Organisation
    vop: Partnership
    hop: Partnership
    vo: Actor
    ho: Actor
    vop_coordinator: Actor
    hop_coordinator: Actor
    so: Actor


@cached
def usual_parties(visitor_country: str = "ES", host_country: str = "BE") -> Parties:
    visitor, host = people.organisation(visitor_country), people.organisation(host_country)
    vop, hop = people.partnership("ES"), people.partnership("BE")
    return Parties(
        visitor,
        host,
        vop,
        hop,
        people.member(visitor, signs=True),
        people.member(host, signs=True),
        people.coordinator(vop, signs=True),
        people.coordinator(hop, signs=True),
        people.support_office(),
    )


@cached
def with_another_visitor(parties: Parties, *, vop: Partnership | None = None) -> Parties:
    """The same host, and one more visitor: under the same Partnership, or under `vop`."""
    visitor = people.organisation("ES")
    vo = people.member(visitor, signs=True)
    if vop is None:
        return replace(parties, visitor=visitor, vo=vo)
    return replace(parties, visitor=visitor, vo=vo, vop=vop, vop_coordinator=people.coordinator(vop, signs=True))
