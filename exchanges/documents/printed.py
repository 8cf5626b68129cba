"""What a document prints: as a draft, as a version that is stored, and as a reading copy of that version."""

from dataclasses import replace
from typing import Any

from cxc import clock
from exchanges.documents import builder
from exchanges.documents.builder import local_day
from exchanges.documents.kinds import Document, document_of
from exchanges.documents.snapshot import from_snapshot
from exchanges.models import DocumentVersion, Exchange


def draft(kind: str, exchange: Exchange) -> Any:
    """What would be stored now, marked DRAFT (CANCELLED for a cancelled exchange); None where there is nothing."""
    mark = builder.mark_of(exchange, is_draft=True)
    return document_of(kind).content(exchange, number=None, dated=clock.today(exchange.visit.time_zone), mark=mark)


def of_version(version: DocumentVersion) -> Any:
    """What this version prints, for ever: the file that is signed."""
    document = document_of(version.kind)
    content = document.of_version(_content(document, version), version)
    return replace(content, head=replace(content.head, code=version.code))


def _content(document: Document, version: DocumentVersion) -> Any:
    if version.content:
        return from_snapshot(document.context, version.content)
    # A report that was accepted before reports were stored by value.
    exchange = version.exchange
    return document.content(exchange, number=version.number, dated=local_day(version.made_at, exchange))


def reading_copy(version: DocumentVersion) -> Any:
    """The version with its signatures filled in; CANCELLED where the exchange is; not what was signed."""
    content, exchange = of_version(version), version.exchange
    mark = builder.mark_of(exchange, is_draft=False)
    head = replace(content.head, mark=mark, replaced_by=version.replaced_by(), copy=bool(version.parties))
    if not version.parties:
        return replace(content, head=head)
    blocks = builder.with_signatures(content.signatures, version.valid_signatures())
    return replace(content, head=head, signatures=blocks)
