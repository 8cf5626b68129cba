"""Versions of documents: made when the Support Office validates or a report is accepted, by value.

A later change of anything a version was made from changes nothing in it. `moment` is when it was validated
(UTC); a version is dated by the day it was then at the visit.

Rule: docs/rules.md, Commitment to Quality; Financial Agreement.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from exchanges.documents import contexts, printed
from exchanges.documents import ctq as ctq_document
from exchanges.documents.builder import local_day
from exchanges.documents.kinds import document_of
from exchanges.documents.snapshot import to_snapshot
from exchanges.enums import CTQ, FA, FAR
from exchanges.models import (
    AgreementTerms,
    DocumentVersion,
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
)
from exchanges.models.documents.bank_account import BANK_FIELDS
from exchanges.services import document_pdfs


def make_version(
    kind: str,
    exchange: Exchange,
    *,
    moment: datetime,
    number: int | None = None,
    content: contexts.DocumentContext | None = None,
    **columns: Any,
) -> DocumentVersion:
    """The next version of a document; its PDF is made after the commit.

    number   the number after the last, if left out
    content  what the document prints now, if left out
    columns  other columns of the version; for which parties two sign jointly follows from the bodies, if left out
    """
    document, number = document_of(kind), number or _next_number(kind, exchange)
    made = content or document.content(exchange, number=number, dated=local_day(moment, exchange))
    version = DocumentVersion.objects.create(
        kind=kind,
        exchange=exchange,
        number=number,
        parties=list(document.parties),
        content=to_snapshot(made),
        made_at=moment,
        **{
            "part_version": number,
            "joint_parties": [party for party in document.parties if exchange.body_of(party).signs_jointly],
            **columns,
        },
    )
    document_pdfs.queue(version)
    return version


def _next_number(kind: str, exchange: Exchange) -> int:
    """After all that were made, also those that were voided."""
    made = [version.number for version in exchange.document_versions.all() if version.kind == kind]
    return max(made, default=0) + 1


def make_ctq_version(own: OwnPart, *, moment: datetime) -> DocumentVersion:
    """A version of both parts that needs its four signatures."""
    return make_version(CTQ, own.exchange, moment=moment, follows=own.current_version, **_parts(own))


def make_editorial_version(own: OwnPart, *, moment: datetime, note: str) -> DocumentVersion:
    """A version that changed wording only: it keeps the signatures of the one before, and lists itself."""
    exchange, last = own.exchange, own.current_version
    assert last is not None  # what is editorial follows something
    number, dated = _next_number(CTQ, exchange), local_day(moment, exchange)
    listed = contexts.EditorialVersion(version=number, dated=dated, note=note or "Wording only.")
    earlier = printed.of_version(last).editorial_versions if last.is_editorial else []
    content = ctq_document.context(
        exchange,
        number=number,
        dated=dated,
        signatures=last.valid_signatures(),
        editorial_versions=[*earlier, listed],
    )
    return make_version(
        CTQ,
        exchange,
        moment=moment,
        number=number,
        content=content,
        follows=last,
        is_editorial=True,
        joint_parties=last.joint_parties,
        **_parts(own),
    )


def _parts(own: OwnPart) -> dict[str, Any]:
    """The versions of the parts that it is made of."""
    return {"part_version": own.version, "shared_version": own.exchange.visit.shared_part.version}


def make_fa_version(agreement: FinancialAgreement, *, moment: datetime) -> DocumentVersion:
    """A version of the agreement; the ceiling (EUR) is frozen on the exchange, the account stands apart."""
    exchange = agreement.exchange
    assert exchange.agreed_lump_sum is not None  # validation requires it
    ceiling = _freeze_ceiling(exchange)
    version = make_version(FA, exchange, moment=moment, number=agreement.version)
    AgreementTerms.objects.create(
        version=version,
        **{name: getattr(agreement, name) for name in BANK_FIELDS},
        amount=exchange.agreed_lump_sum,
        ceiling=ceiling,
    )
    return version


def _freeze_ceiling(exchange: Exchange) -> Decimal:
    ceiling = exchange.ceiling
    assert ceiling is not None  # validation requires it too
    exchange.frozen_ceiling = ceiling
    exchange.save(update_fields=["frozen_ceiling"])
    return ceiling


def make_far_version(report: FinalActivityReport, *, moment: datetime) -> DocumentVersion:
    """The report as it was accepted."""
    return make_version(FAR, report.exchange, moment=moment, number=report.version)
