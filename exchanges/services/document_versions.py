"""Versions of CTQ and Financial Agreement: made when the Support Office validates, by value.

A later change of anything a version was made from changes nothing in it. `moment` is when it was validated
(UTC); a version is dated by the day it was then at the visit.

Rule: docs/rules.md, Commitment to Quality; Financial Agreement.
"""

from datetime import datetime
from decimal import Decimal

from exchanges.documents import agreement as fa_document
from exchanges.documents import contexts
from exchanges.documents import ctq as ctq_document
from exchanges.documents.builder import local_day
from exchanges.documents.snapshot import to_snapshot
from exchanges.models import CtqVersion, Exchange, FaVersion, FinancialAgreement, OwnPart
from exchanges.models.documents.bank_account import BANK_FIELDS
from exchanges.services import document_pdfs


def make_ctq_version(own: OwnPart, *, moment: datetime) -> CtqVersion:
    """A version of both parts that needs its four signatures."""
    exchange, last = own.exchange, own.current_version
    number = last.number + 1 if last else 1
    content = ctq_document.context(exchange, number=number, dated=local_day(moment, exchange))
    return _create_ctq_version(own, content, number=number, moment=moment, follows=last)


def make_editorial_version(own: OwnPart, *, moment: datetime, note: str) -> CtqVersion:
    """A version that changed wording only: it keeps the signatures of the one before, and lists itself."""
    exchange, last = own.exchange, own.current_version
    assert last is not None  # what is editorial follows something
    number, dated = last.number + 1, local_day(moment, exchange)
    listed = contexts.EditorialVersion(version=number, dated=dated, note=note or "Wording only.")
    earlier = ctq_document.of_version(last).editorial_versions if last.is_editorial else []
    content = ctq_document.context(
        exchange,
        number=number,
        dated=dated,
        signatures=last.valid_signatures(),
        editorial_versions=[*earlier, listed],
    )
    return _create_ctq_version(own, content, number=number, moment=moment, follows=last, is_editorial=True)


def _create_ctq_version(
    own: OwnPart,
    content: contexts.CtqContext,
    *,
    number: int,
    moment: datetime,
    follows: CtqVersion | None,
    is_editorial: bool = False,
) -> CtqVersion:
    exchange = own.exchange
    version = CtqVersion.objects.create(
        exchange=exchange,
        number=number,
        shared_version=exchange.visit.shared_part.version,
        own_version=own.version,
        is_editorial=is_editorial,
        follows=follows,
        content=to_snapshot(content),
        made_at=moment,
    )
    document_pdfs.queue(version)
    return version


def make_fa_version(agreement: FinancialAgreement, *, moment: datetime) -> FaVersion:
    """A version of the agreement; the ceiling (EUR) is frozen on the exchange, the account stands apart."""
    exchange = agreement.exchange
    assert exchange.agreed_lump_sum is not None  # validation requires it
    ceiling = _freeze_ceiling(exchange)
    content = fa_document.context(agreement, number=agreement.version, dated=local_day(moment, exchange))
    version = FaVersion.objects.create(
        agreement=agreement,
        number=agreement.version,
        content=to_snapshot(content),
        made_at=moment,
        **{name: getattr(agreement, name) for name in BANK_FIELDS},
        amount=exchange.agreed_lump_sum,
        ceiling=ceiling,
    )
    document_pdfs.queue(version)
    return version


def _freeze_ceiling(exchange: Exchange) -> Decimal:
    ceiling = exchange.ceiling
    assert ceiling is not None  # validation requires it too
    exchange.frozen_ceiling = ceiling
    exchange.save(update_fields=["frozen_ceiling"])
    return ceiling
