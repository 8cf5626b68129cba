"""Names that stay the same in each load of the demo world: no primary key, and no reference made from one."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps

from cxc.access.scoped import Actor
from exchanges.models import (
    DocumentVersion,
    Evidence,
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
    RecordedSubmission,
    Visit,
    VisitMove,
)
from helpdesk.models import HelpRequest
from matching.models import Match
from profiles.models import ClusterRequest, Organisation, Partnership, Profile, User

REFERENCE = re.compile(r"\b(?:CXC-\d+ |H\d+: )")
NUMBERED = re.compile(r"([\w.]+)([/-])(\d+)\b")
# What is numbered after this word in an address or an anchor. A new word belongs here.
KINDS: Mapping[str, Any] = {
    "exchanges": Exchange,
    "matches": Match,
    "profiles": Profile,
    "organisations": Organisation,
    "partnerships": Partnership,
    "visits": Visit,
    "validation": Visit,
    "moves": VisitMove,
    "questions": HelpRequest,
    "requests": ClusterRequest,
    "entries": RecordedSubmission,
    "fa": FinancialAgreement,
    "own": OwnPart,
    "evidence": Evidence,
    "report": FinalActivityReport,
    "documents": DocumentVersion,
}
# What is named by its exchange.
OF_EXCHANGE = (FinancialAgreement, OwnPart, Evidence, FinalActivityReport, DocumentVersion)


def person(user: User) -> str:
    return str(user.email)


def actor_name(actor: Actor) -> str:
    """The person and the body for which they act."""
    assert actor.user is not None
    return f"{person(actor.user)} for {actor.label}"


def label(text: Any) -> str:
    """A label as the screens show it, without the reference, which is made from a primary key."""
    return REFERENCE.sub("", str(text))


def address(path: str, thing: str) -> str:
    """The address with labels in place of primary keys: {this} for the label of the row's own thing."""

    def named(found: re.Match[str]) -> str:
        name = _label_of(found[1], int(found[3]))
        return f"{found[1]}{found[2]}{'{this}' if name == thing else f'{{{name}}}'}"

    return NUMBERED.sub(named, path)


@cache
def _label_of(word: str, pk: int) -> str:
    if "." not in word and word not in KINDS:
        raise LookupError(f"Add to KINDS in tests/todo/stable.py what is numbered after {word!r} in an address.")
    model = apps.get_model(word) if "." in word else KINDS[word]
    thing = model._base_manager.get(pk=pk)
    return label(thing.exchange if model in OF_EXCHANGE else thing)
