"""The documents of a visit that still lack signatures which somebody may hand in. Rule: docs/paper-scans.md."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from cxc.access.scoped import Actor, sides_of
from exchanges.enums import (
    CTQ_PARTIES,
    EDITABLE_STATES,
    UNVALIDATED_STATES,
    VALIDATED_STATES,
    Party,
)
from exchanges.models import CtqVersion, Exchange, FaVersion, FinancialAgreement, OwnPart, Signature, Visit
from exchanges.rules.scanned_pages import reference_of
from exchanges.rules.signatories import UPLOADERS
from exchanges.services.outcomes import Skipped
from exchanges.services.signatures import Version, not_validated, parties_to_sign
from profiles.queries.signatories import SigningBody

CTQ, FA = "CTQ", "FA"


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

    prefix: str
    exchange: Exchange
    version: Version
    given: list[Signature]
    bodies: list[BodyToSign]

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"{self.prefix.lower()}-{self.version.pk}"

    @property
    def reference(self) -> str:
        """What its pages say of themselves."""
        return reference_of(self.prefix, self.exchange.pk, self.version.number)


def may_sign_on_paper(visit: Visit, actor: Actor) -> bool:
    """Whether the actor may hand in the signature of a party of this visit."""
    uploaders = {side for party in CTQ_PARTIES for side in UPLOADERS[party]}
    return actor.may_write and bool(sides_of(actor, visit) & uploaders)


def documents_to_sign(
    visit: Visit, actor: Actor, parties: Collection[str] = CTQ_PARTIES, *, signed_too: bool = False
) -> list[DocumentToSign]:
    """By visitor, the CTQ and then the agreement, as far as one of these parties has not signed it.

    signed_too  with what they have signed: whoever enters it again is told so
    """
    found = []
    for exchange in _exchanges(visit, actor):
        own = [party for party in parties_to_sign(exchange, actor, CTQ_PARTIES) if party in parties]
        found += [document for document in _of_exchange(exchange, own, signed_too) if document.bodies]
    return found


def documents_not_validated(visit: Visit, actor: Actor) -> list[Skipped[Exchange]]:
    """The exchanges whose CTQ is signed later, and why; of those that the actor may enter signatures for."""
    return [
        Skipped(exchange, (not_validated(exchange.own_part),))
        for exchange in _exchanges(visit, actor)
        if exchange.own_part.state in UNVALIDATED_STATES and parties_to_sign(exchange, actor, CTQ_PARTIES)
    ]


def _exchanges(visit: Visit, actor: Actor) -> Iterable[Exchange]:
    """Those in preparation with their documents, by the name of the visitor."""
    seen = Exchange.objects.filter(visit=visit, own_part__isnull=False).visible_to(actor, "ctq", few=True)
    rows = (
        seen.with_display_relations()
        .select_related("own_part", "agreement")
        .prefetch_related(
            Prefetch("ctq_versions", CtqVersion.objects.with_signatures()),
            Prefetch("agreement__versions", FaVersion.objects.with_signatures()),
        )
    )
    return rows.filter(state__in=EDITABLE_STATES).order_by("organisation__legal_name__folded", "pk")


def _of_exchange(exchange: Exchange, parties: Collection[Party], signed_too: bool) -> Iterator[DocumentToSign]:
    documents: list[tuple[str, OwnPart | FinancialAgreement | None]] = [
        (CTQ, exchange.own_part_or_none),
        (FA, exchange.agreement_or_none),
    ]
    for prefix, document in documents:
        version = document.current_version if document and document.state in VALIDATED_STATES else None
        if version is not None:
            given = version.valid_signatures()
            signed = set() if signed_too else {signature.party for signature in given}
            wanted = [party for party in version.PARTIES if party not in signed]
            yield DocumentToSign(prefix, exchange, version, given, list(_bodies(exchange, wanted, parties)))


def _bodies(exchange: Exchange, wanted: Iterable[Party], parties: Collection[Party]) -> Iterator[BodyToSign]:
    grouped: dict[SigningBody, list[Party]] = {}
    for party in wanted:
        grouped.setdefault(exchange.body_of(party), []).append(party)
    for body, of_body in grouped.items():
        if set(of_body) & set(parties):
            yield BodyToSign(body, tuple(of_body))
