"""The Financial Agreement of an exchange, from its models and from a kept version."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils import translation

from cxc import clock
from cxc.ground.models import SchemeSettings, StateEvent
from cxc.ground.pdf import Mark
from exchanges import iban
from exchanges.documents import contexts as c
from exchanges.documents import filling
from exchanges.documents.frozen import thaw
from exchanges.enums import FA_PARTIES, EvidenceKind, ExchangeState
from exchanges.models import Exchange, FaVersion, FinancialAgreement
from profiles.models import Partnership


def context(agreement: FinancialAgreement, *, number: int, dated: date, mark: Mark = "") -> c.FaContext:
    """As the agreement stands now, without the IBAN, which is never kept with the content."""
    exchange, settings = agreement.exchange, SchemeSettings.current()
    with translation.override("en"):
        return c.FaContext(
            head=filling.head(exchange, "FA", version=number, dated=dated, mark=mark),
            parties=filling.parties(exchange, FA_PARTIES),
            host_name=exchange.host.legal_name,
            exchange=filling.agreed_facts(exchange),
            payee=agreement.payee,
            iban="",
            amount=exchange.agreed_lump_sum or Decimal(0),
            ceiling=exchange.ceiling or Decimal(0),
            ceiling_reason=_ceiling_reason(exchange),
            pay_out_rule=_pay_out_rule(exchange.vop),
            payment_terms=agreement.payment_terms,
            evidence_kinds=[str(kind.label).lower() for kind in EvidenceKind if kind != EvidenceKind.OTHER],
            signatures=filling.places_to_sign(exchange, FA_PARTIES),
            report_days=settings.far_days,
            payment_working_days=settings.payment_working_days,
        )


def _ceiling_reason(exchange: Exchange) -> str:
    if exchange.ceiling_override is None:
        return ""
    raised = StateEvent.of(exchange).filter(move="raise_ceiling").last()
    return raised.reason if raised else ""


def _pay_out_rule(partnership: Partnership) -> list[c.PayOutStep]:
    steps = list(partnership.payout_steps.order_by("from_days"))
    ends = [following.from_days - 1 for _, following in pairwise(steps)]
    return [
        c.PayOutStep(from_days=step.from_days, to_days=end, percent=step.percent)
        for step, end in zip(steps, [*ends, None], strict=True)
    ]


def draft(agreement: FinancialAgreement) -> c.FaContext:
    """What would be validated now, with its IBAN, marked DRAFT (CANCELLED for a cancelled exchange)."""
    exchange = agreement.exchange
    mark: Mark = "cancelled" if exchange.state == ExchangeState.CANCELLED else "draft"
    made = context(agreement, number=agreement.version, dated=clock.today(exchange.visit.time_zone), mark=mark)
    return replace(made, iban=iban.grouped(agreement.iban))


def of_version(version: FaVersion) -> c.FaContext:
    """What this version prints: the file that is signed. Its IBAN comes from beside the content."""
    return replace(thaw(c.FaContext, version.content), iban=iban.grouped(version.iban))


def reading_copy(version: FaVersion) -> c.FaContext:
    """The version with its signatures filled in; CANCELLED where the exchange is."""
    kept, exchange = of_version(version), version.exchange
    with translation.override("en"):
        places = filling.places_to_sign(exchange, FA_PARTIES, version.counting_signatures())
    head = replace(kept.head, mark="cancelled") if exchange.state == ExchangeState.CANCELLED else kept.head
    return replace(kept, head=head, signatures=places)
