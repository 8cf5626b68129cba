"""Texts that not everybody may read, and a search for them in an answer. The rule: docs/rules.md#access."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cxc.access.scoped import Actor
from profiles.models import Organisation
from tests.access.sample import ANOTHERS, OWN, RELATED, Sample
from tests.access.setup_documents import ACCOUNTS, AMOUNTS

VO, HO, VOP, HOP, LEAD, SO, OBSERVER = "VO", "HO", "VOP", "HOP", "lead", "SO", "observer"
# Whoever knows one of these addresses may open it.
SECRET_ADDRESSES = (
    "calendar/<key>.ics",
    "catalogue/searches/stop/",
    "invitations/",
    "me/weekly-mail/stop/",
    "help/mine/",
)
OFFICES = {SO: {"Support Office"}, OBSERVER: {"observer"}}
_HOSTS = {HO: {"host's owner", "host's reader"}, HOP: {"HOP"}}
_VISITORS = {"visitor's owner", "visitor's editor", "visitor's reader", "visitor's signatory"}
# By relation and side: the roles that are on this side of the records of the sample.
SIDES: dict[str, dict[str, set[str]]] = {
    OWN: {VO: _VISITORS, VOP: {"VOP", "VOP's reader"}, LEAD: {"lead"}, **_HOSTS, **OFFICES},
    RELATED: {VOP: {"lead"}, LEAD: {"lead"}, **_HOSTS, **OFFICES},
    ANOTHERS: OFFICES,
}
DOCUMENTS, PARTIES = (VO, VOP, SO), (VO, HO, VOP, HOP, SO)
# Pages that show everybody who is in the catalogue, and so names of other visitors too.
CATALOGUE = ("catalogue/", "best-matches/", "visits/open/")


@dataclass(frozen=True)
class Marker:
    """A text that occurs in one record only, with the sides that may read it."""

    what: str
    text: str
    relation: str
    sides: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()  # addresses at which everybody may read it
    others: frozenset[str] = frozenset()  # further roles that may read it

    @property
    def roles(self) -> frozenset[str]:
        known = SIDES[self.relation]
        return self.others | {role for side in self.sides for role in known.get(side, ())}


@dataclass
class Markers:
    """The markers of a stage."""

    found: list[Marker] = field(default_factory=list)

    def shown_to(self, role: str, route: str, text: str) -> Iterator[Marker]:
        """The markers in the text that the role may not read."""
        if route.startswith(SECRET_ADDRESSES):
            return
        for marker in self.found:
            if marker.text in text and role not in marker.roles and not route.startswith(marker.elsewhere or ("-",)):
                yield marker


def markers(samples: dict[str, Sample], *, is_matched: bool) -> Markers:
    """`is_matched`: the matches are confirmed, so each side may read the contacts of the other."""
    met = PARTIES if is_matched else ()
    return Markers([each for relation, sample in samples.items() for each in _of(relation, sample, met)])


def _of(relation: str, sample: Sample, met: tuple[str, ...]) -> Iterator[Marker]:
    mark, parties, account = sample.mark, sample.parties, ACCOUNTS[sample.mark]
    grouped = " ".join(account[at : at + 4] for at in range(0, len(account), 4))
    texts: list[tuple[str, str, tuple[str, ...]]] = [
        ("IBAN", account, DOCUMENTS),
        ("IBAN", grouped, DOCUMENTS),
        ("payee", f"Payee-{mark}", DOCUMENTS),
        ("amount of the agreement", str(AMOUNTS[mark]), (*DOCUMENTS, OBSERVER)),
        ("payment reference", f"Transfer-{mark}", (*DOCUMENTS, OBSERVER)),
        ("name of evidence", f"evidence-{mark}", DOCUMENTS),
        ("name of the host's letter", f"letter-{mark}", (*DOCUMENTS, HO)),
        ("report", f"Outcomes-{mark}", DOCUMENTS),
        ("own part of the CTQ", f"Objectives-{mark}", PARTIES),
        ("feedback not shown yet", f"Feedback-{mark}", (VO, VOP, SO)),
        ("private note of the feedback", f"Note-{mark}", (VO, VOP, SO)),
        ("name of the CV", f"cv-{mark}", (VO, VOP, SO, *met)),
        ("recorded afterwards", f"Source-{mark}", (VOP, SO)),
        ("file of the exception", f"exception-{mark}", (VO, VOP, SO)),
        ("question", f"By when, {mark}", (VO, VOP, SO)),
        ("file of a question", f"screen-{mark}", (VO, VOP, SO)),
        ("saved search", f"Search-{mark}", (VO,)),
        ("saved view", f"View-{mark}", (VO,)),
        ("address of the invited", f"invited.{mark.lower()}@", (VO, VOP, SO)),
        ("address of the visitor's people", _address(parties.vo), (VO, VOP, SO, *met)),
    ]
    yield from (Marker(what, text, relation, sides) for what, text, sides in texts)
    if "exchange" in sample.records:
        sides = (VO, HO, VOP, HOP, LEAD, SO, OBSERVER)
        yield Marker("number of the exchange", sample["exchange"].reference, relation, sides)
    if relation == RELATED:
        yield _name(parties.visitor)
        return
    yield Marker("name of the brochure", f"leaflet-{mark}", relation, (HO, HOP, SO, *met, *_lead(relation, met)))
    yield Marker(
        "address of the host's people", _address(parties.ho), relation, (HO, HOP, SO, *met, *_lead(relation, met))
    )
    yield Marker("shared part of the CTQ", f"Goals-{mark}", relation, (*PARTIES, LEAD))


def _lead(relation: str, met: tuple[str, ...]) -> tuple[str, ...]:
    """The other visitor's Partnership is matched with the same host."""
    return (LEAD,) if relation == OWN and met else ()


def _name(visitor: Organisation) -> Marker:
    """A visitor does not see another one of the same visit, beside the catalogue; its Partnership sees names."""
    sides = (HO, VOP, HOP, LEAD, SO, OBSERVER)
    return Marker(
        "name of another visitor", visitor.legal_name, RELATED, sides, CATALOGUE, frozenset({"VOP", "VOP's reader"})
    )


def _address(actor: Actor) -> str:
    assert actor.user is not None
    return actor.user.email
