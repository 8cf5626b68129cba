"""The people who send the requests, and the records that the addresses name."""

from dataclasses import dataclass, field
from typing import Any

from cxc.access.scoped import NOBODY, Actor
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor

# Whose record an address names: the visitor's own; that of another visitor of the same visit (for organisations,
# profiles and Partnerships the host's); that of somebody who has nothing to do with them.
OWN, RELATED, ANOTHERS = "own", "related", "another's"
# The relation of an address that names no record.
NONE = ""


@dataclass
class Sample:
    """A visitor, its host and their Partnerships, with their records by name."""

    mark: str  # part of each of their texts that not everybody may read
    parties: Parties
    records: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.records[name]

    def __setitem__(self, name: str, record: Any) -> None:
        self.records[name] = record

    def actor(self, name: str) -> Actor:
        """A person of the sample: the name of an attribute of `Parties`, or of a record that is an actor."""
        found: Actor = self.records.get(name) or getattr(self.parties, name)
        return found


def samples() -> dict[str, Sample]:
    """Two visitors of one host under different Partnerships, and a visitor of another host."""
    own = usual_parties()
    related = with_another_visitor(own, vop=people.partnership("ES"))
    return {
        OWN: Sample("Alder", own),
        RELATED: Sample("Birch", related),
        ANOTHERS: Sample("Cedar", usual_parties()),
    }


def roles(found: dict[str, Sample]) -> dict[str, Actor]:
    """An actor for each column of the tables. `lead` is the Partnership of the other visitor; it leads the visit."""
    own = found[OWN].parties
    return {
        "nobody": NOBODY,
        "no organisation": people.stranger(),
        "visitor's owner": own.vo,
        "visitor's editor": people.member(own.visitor, "editor"),
        "visitor's reader": people.member(own.visitor, "reader"),
        "visitor's signatory": people.member(own.visitor, "reader", signs=True),
        "host's owner": own.ho,
        "host's reader": people.member(own.host, "reader"),
        "VOP": own.vop_coordinator,
        "VOP's reader": people.coordinator(own.vop, "reader"),
        "HOP": own.hop_coordinator,
        "lead": found[RELATED].parties.vop_coordinator,
        "Support Office": own.so,
        "observer": people.observer(),
    }
