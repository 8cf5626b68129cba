"""All documents of a visit that one signatory signs in one sitting. Rule: docs/signing.md."""

from collections.abc import Iterable
from dataclasses import dataclass

from cxc.access.confirmed_identity import Confirmation
from cxc.access.scoped import Actor, Side, may_see, sides_of
from cxc.core.refusals import Refused
from exchanges.documents.kinds import signed_documents
from exchanges.enums import UNVALIDATED_STATES, Party
from exchanges.models import DocumentVersion, Exchange, Visit
from exchanges.services.documents_to_sign import exchanges_in_preparation
from exchanges.services.outcomes import Skipped
from exchanges.services.signatures import (
    not_validated,
    party_signed_for,
    sign_on_screen,
    signing_problem_on_screen,
)


@dataclass(frozen=True)
class VersionToSign:
    """The version of a document that stands, for the party that the actor may sign for.

    before   the version that this party signed last before it; None where it signed none
    problem  why the actor can't sign it now, in a sentence; "" where they can
    """

    exchange: Exchange
    version: DocumentVersion
    party: Party
    before: DocumentVersion | None
    problem: str

    @property
    def is_signed(self) -> bool:
        return self.party in self.version.signed_parties()

    @property
    def is_open(self) -> bool:
        """Whether the actor can sign it now."""
        return not self.is_signed and not self.problem


def may_sign_for_visit(visit: Visit, actor: Actor) -> bool:
    """Whether the actor may sign for a party of this visit."""
    return actor.signatory and bool(sides_of(actor, visit) & {Side(party) for party in Party})


def versions_to_sign(visit: Visit, actor: Actor) -> list[VersionToSign]:
    """By visitor, the version of each document that stands and that the actor's party signs, or has signed."""
    found = []
    for exchange in exchanges_in_preparation(visit, actor):
        for document in signed_documents():
            version = document.version_in_force(exchange)
            if version is None or not may_see(actor, exchange, document.permission):
                continue
            version.exchange = exchange
            if (party := party_signed_for(version, actor)) is not None:
                problem = signing_problem_on_screen(version, party, actor)
                found.append(VersionToSign(exchange, version, party, _signed_before(version, party), problem))
    return found


def _signed_before(version: DocumentVersion, party: Party) -> DocumentVersion | None:
    """The last earlier version of the same document that the party has signed."""
    earlier = [
        one
        for one in version.exchange.document_versions.all()
        if one.kind == version.kind and one.number < version.number and party in one.signed_parties()
    ]
    return max(earlier, key=lambda one: one.number, default=None)


def signed_later(visit: Visit, actor: Actor) -> list[Skipped[Exchange]]:
    """The exchanges whose Commitment to Quality can't be signed yet, with what is missing."""
    return [
        Skipped(exchange, (not_validated(exchange.own_part),))
        for exchange in exchanges_in_preparation(visit, actor)
        if exchange.own_part.state in UNVALIDATED_STATES
        and sides_of(actor, exchange) & {Side(party) for party in exchange.own_part.PARTIES}
    ]


def sign_each(
    versions: Iterable[DocumentVersion], *, confirmation: Confirmation, by: Actor
) -> list[tuple[DocumentVersion, str]]:
    """Sign one after the other, each in a transaction of its own; those that were refused, each with the reason."""
    refused = []
    for version in versions:
        try:
            sign_on_screen(version, confirmation=confirmation, by=by)
        except Refused as refusal:
            refused.append((version, " ".join(refusal.sentences)))
    return refused
