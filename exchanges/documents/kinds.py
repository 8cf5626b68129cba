"""The declarations of the documents that are stored: all that the portal does with one is read here.

How to add one: docs/add-a-document.md, "Documents that are stored".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cxc.documents.pdf import Mark
from exchanges.documents import agreement, ctq, report
from exchanges.documents.contexts import CtqContext, DocumentContext, FaContext, FarContext
from exchanges.enums import CTQ, CTQ_PARTIES, FA, FA_PARTIES, FAR, ExchangeState, Party
from exchanges.models import DocumentVersion, Exchange
from exchanges.models.documents.version import Versioned, latest_version


class Content(Protocol):
    """What would be printed of an exchange now; None where there is nothing to print."""

    def __call__(
        self, exchange: Exchange, *, number: int | None, dated: date, mark: Mark = ""
    ) -> DocumentContext | None: ...


# Of the versions of a kind: every one.
ALL = Q()


def _as_stored(context: Any, _version: DocumentVersion) -> Any:
    return context


@dataclass(frozen=True, kw_only=True)
class Document:
    """One kind of stored document of an exchange.

    kind           its name in versions, addresses and forms; in capitals what its references begin with
    label          its name on screens
    permission     the read permission on the exchange by which it is read
    context        the class of what it prints, which names the template
    content        what would be printed now; with `number` None as a draft
    parties        who sign it, in the order of their signature blocks; none where it is not signed
    record         the relation of the exchange in which it is written and validated ("own_part"), which has to be
                   `Versioned`; "" where it is made from the exchange alone
    of_version     puts in what stands beside the content of a version
    can_be_made    which versions still have all that their PDF prints
    for_physical_exchanges  virtual ones have none
    to_sign        what the to-do asks a party that has not signed it
    section        the template of its section on the page of the exchange
    """

    kind: str
    label: Any
    permission: str
    context: type[DocumentContext]
    content: Content
    parties: tuple[Party, ...] = ()
    record: str = ""
    of_version: Callable[[Any, DocumentVersion], Any] = _as_stored
    can_be_made: Q = ALL
    for_physical_exchanges: bool = False
    to_sign: Any = ""
    section: str = "exchanges/parts/exchange_document.html"

    @property
    def prefix(self) -> str:
        """As references and the names of files begin: "CTQ"."""
        return self.kind.upper()

    @property
    def is_signed(self) -> bool:
        return bool(self.parties)

    def record_of(self, exchange: Exchange) -> Any:
        """What it is written in; None where the exchange has no such record (yet)."""
        return getattr(exchange, self.record, None) if self.record else None

    def version_in_force(self, exchange: Exchange) -> DocumentVersion | None:
        """The version that counts now; None while there is none, or a newer one is being written."""
        record: Versioned | None = self.record_of(exchange)
        if not self.record:
            return latest_version(exchange, self.kind)
        return record.version_in_force if record is not None else None

    def takes_signatures(self, exchange: Exchange) -> bool:
        """Whether the exchange is where this document is signed."""
        record = self.record_of(exchange)
        return record.takes_signatures if record is not None else exchange.state == ExchangeState.PREPARATION


DOCUMENTS: dict[str, Document] = {
    document.kind: document
    for document in (
        Document(
            kind=CTQ,
            label=_("Commitment to Quality"),
            permission="ctq",
            context=CtqContext,
            content=ctq.context,
            parties=CTQ_PARTIES,
            record="own_part",
            to_sign=_("Sign the Commitment to Quality"),
            section="exchanges/parts/exchange_ctq.html",
        ),
        Document(
            kind=FA,
            label=_("Financial Agreement"),
            permission="fa",
            context=FaContext,
            content=agreement.context,
            parties=FA_PARTIES,
            record="agreement",
            of_version=agreement.of_version,
            can_be_made=~Q(terms__iban="", terms__account_number=""),
            for_physical_exchanges=True,
            to_sign=_("Sign the Financial Agreement"),
            section="exchanges/parts/exchange_agreement.html",
        ),
        Document(
            kind=FAR,
            label=_("Final Activity Report"),
            permission="far",
            context=FarContext,
            content=report.context,
            record="report",
            section="exchanges/parts/exchange_report.html",
        ),
    )
}


def declared() -> Mapping[str, Document]:
    """All of them by their kinds, in the order in which lists show them."""
    return DOCUMENTS


def document_of(kind: str) -> Document:
    """The declaration of this kind. KeyError where there is none."""
    return DOCUMENTS[kind]


def signed_documents() -> list[Document]:
    """Those that parties sign."""
    return [document for document in DOCUMENTS.values() if document.is_signed]
