"""The documents of a visit that still lack signatures which somebody may hand in. Rule: docs/paper-scans.md."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from cxc.access.scoped import Actor, may_see, sides_of
from exchanges.documents.kinds import signed_documents
from exchanges.enums import EDITABLE_STATES, UNVALIDATED_STATES, Party
from exchanges.models import DocumentVersion, Exchange, Signature, Visit
from exchanges.rules.scanned_pages import reference_of
from exchanges.rules.signatories import UPLOADERS
from exchanges.services.outcomes import Skipped
from exchanges.services.signatures import not_validated, parties_to_sign
from profiles.queries.signatories import SigningBody


@dataclass(frozen=True)
class BodyToSign:
    """A body that has not signed a document; where it stands on two sides, one act fills both places."""

    body: SigningBody
    parties: tuple[Party, ...]

    @property
    def key(self) -> str:
        """Its name in forms: the same for all documents."""
        return f"{self.body._meta.model_name}-{self.body.pk}"

    @property
    def label(self) -> str:
        return f"{', '.join(str(party.label) for party in self.parties)}: {self.body}"


@dataclass(frozen=True)
class DocumentToSign:
    """The version of a document that stands, who has signed it, and which bodies have not that the actor may enter."""

    exchange: Exchange
    version: DocumentVersion
    given: list[Signature]
    bodies: list[BodyToSign]

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"{self.version.kind}-{self.version.pk}"

    @property
    def reference(self) -> str:
        """What its pages say of themselves."""
        return reference_of(self.version.prefix, self.exchange.pk, self.version.number)


def may_sign_on_paper(visit: Visit, actor: Actor) -> bool:
    """Whether the actor may hand in the signature of a party of this visit."""
    uploaders = {side for party in Party for side in UPLOADERS[party]}
    return actor.may_write and bool(sides_of(actor, visit) & uploaders)


def documents_to_sign(
    visit: Visit, actor: Actor, parties: Collection[str] = tuple(Party), *, signed_too: bool = False
) -> list[DocumentToSign]:
    """By visitor, each document (the CTQ first) as far as one of these parties has not signed it.

    signed_too  with what they have signed: whoever enters it again is told so
    """
    found = []
    for exchange in exchanges_in_preparation(visit, actor):
        own = [party for party in parties_to_sign(exchange, actor) if party in parties]
        found += [document for document in _of_exchange(exchange, actor, own, signed_too) if document.bodies]
    return found


def documents_not_validated(visit: Visit, actor: Actor) -> list[Skipped[Exchange]]:
    """The exchanges whose CTQ is signed later, and why; of those that the actor may enter signatures for."""
    return [
        Skipped(exchange, (not_validated(exchange.own_part),))
        for exchange in exchanges_in_preparation(visit, actor)
        if exchange.own_part.state in UNVALIDATED_STATES and parties_to_sign(exchange, actor)
    ]


def exchanges_in_preparation(visit: Visit, actor: Actor) -> Iterable[Exchange]:
    """Those in preparation with their documents, by the name of the visitor."""
    seen = Exchange.objects.filter(visit=visit, own_part__isnull=False).visible_to(actor, few=True)
    records = {document.record for document in signed_documents() if document.record}
    versions = Prefetch("document_versions", DocumentVersion.objects.with_signatures())
    rows = seen.with_display_relations().select_related(*records).prefetch_related(versions)
    return rows.filter(state__in=EDITABLE_STATES).order_by("organisation__legal_name__folded", "pk")


def _of_exchange(
    exchange: Exchange, actor: Actor, parties: Collection[Party], signed_too: bool
) -> Iterator[DocumentToSign]:
    for document in signed_documents():
        version = document.version_in_force(exchange)
        if version is not None and may_see(actor, exchange, document.permission):
            wanted = [Party(party) for party in version.parties] if signed_too else version.unsigned_parties()
            bodies = list(_bodies(exchange, wanted, parties))
            yield DocumentToSign(exchange, version, version.valid_signatures(), bodies)


def _bodies(exchange: Exchange, wanted: Iterable[Party], parties: Collection[Party]) -> Iterator[BodyToSign]:
    grouped: dict[SigningBody, list[Party]] = {}
    for party in wanted:
        grouped.setdefault(exchange.body_of(party), []).append(party)
    for body, of_body in grouped.items():
        if set(of_body) & set(parties):
            yield BodyToSign(body, tuple(of_body))
