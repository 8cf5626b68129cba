"""The page on which a version of a document is read and signed: who has signed, who is to, and whether one may now."""

from dataclasses import dataclass

from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.workflow import available_transition, kind_of
from exchanges.documents.kinds import Document, document_of
from exchanges.enums import Party
from exchanges.models import DocumentVersion, Signature
from exchanges.services.signatures import party_signed_for, signing_problem_on_screen
from exchanges.services.signing_colleagues import colleagues


@dataclass(frozen=True)
class DocumentSigning:
    """One version of a document, for one reader.

    party    the party that the reader may sign for; None for those who only read
    reader   the id of the reader
    problem  why it can't be signed by them now, in a sentence
    decline  the address at which the reader declines to sign; "" where they can't
    may_pass_on  a colleague may sign for the same body
    """

    document: Document
    version: DocumentVersion
    party: Party | None
    problem: str
    reader: int | None = None
    decline: str = ""
    may_pass_on: bool = False

    @property
    def given(self) -> list[Signature]:
        return self.version.valid_signatures()

    @property
    def left(self) -> list[Party]:
        return self.version.unsigned_parties()

    @property
    def body(self) -> str:
        """The body that the reader signs for."""
        return str(self.version.exchange.body_of(self.party)) if self.party else ""

    @property
    def own(self) -> list[Signature]:
        """The signatures of the reader's party."""
        return self.version.signatures_of(self.party) if self.party else []

    @property
    def is_open(self) -> bool:
        """Whether the reader's party has not signed, and the reader neither."""
        return self.party in self.left and self.reader not in {signature.signer_id for signature in self.own}


def signing_of(version: DocumentVersion, actor: Actor) -> DocumentSigning:
    """The version as the actor finds it on the signing page."""
    party = party_signed_for(version, actor)
    document = document_of(version.kind)
    if party is None:
        return DocumentSigning(document, version, None, "")
    problem = signing_problem_on_screen(version, party, actor)
    record = document.record_of(version.exchange)
    is_open = record is not None and document.version_in_force(version.exchange) == version
    declining = available_transition(record, actor, "decline") if is_open else None
    decline = reverse("transition", args=[kind_of(type(record)), record.pk, "decline"]) if declining else ""
    return DocumentSigning(
        document,
        version,
        party,
        problem,
        reader=actor.user.pk if actor.user else None,
        decline=decline,
        may_pass_on=bool(colleagues(version, party, actor)),
    )
