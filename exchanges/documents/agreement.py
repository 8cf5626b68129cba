"""The Financial Agreement of an exchange, from its models."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from cxc.core import languages
from cxc.core.models import SchemeSettings
from cxc.documents.pdf import Mark
from cxc.workflow.models import StateEvent
from exchanges import iban
from exchanges.documents import builder, contexts
from exchanges.documents.amounts import amount_in_words
from exchanges.documents.clause_texts import EVIDENCE, clauses_of
from exchanges.enums import FA, FA_PARTIES, ClauseKind
from exchanges.models import DocumentVersion, Exchange
from exchanges.models.documents.bank_account import BankAccount
from profiles.models import Partnership


def context(exchange: Exchange, *, number: int | None, dated: date, mark: Mark = "") -> contexts.FaContext | None:
    """As the agreement stands now; None where the exchange has none.

    The bank account is in a draft only: with the content of a version it is never kept.
    """
    agreement = exchange.agreement_or_none
    if agreement is None:
        return None
    settings = SchemeSettings.current()
    with languages.english():
        found = clauses_of(exchange, ClauseKind.FA, dated)
        made = contexts.FaContext(
            head=builder.head(exchange, FA, FA_PARTIES, version=number, dated=dated, mark=mark),
            parties=builder.parties(exchange, FA_PARTIES),
            host_name=exchange.host.legal_name,
            exchange=builder.agreed_facts(exchange),
            payee=agreement.payee,
            iban="",
            amount=exchange.agreed_lump_sum,
            amount_in_words=amount_in_words(exchange.agreed_lump_sum) if exchange.agreed_lump_sum is not None else "",
            ceiling=exchange.ceiling,
            ceiling_reason=_ceiling_reason(exchange),
            pay_out_rule=_pay_out_rule(exchange.vop),
            payment_terms=agreement.payment_terms,
            evidence_kinds=EVIDENCE,
            signatures=builder.signature_blocks(exchange, FA_PARTIES),
            one_signatory_note=builder.one_signatory_note(exchange),
            report_days=settings.far_days,
            payment_working_days=settings.payment_working_days,
            clauses=found.sections,
            clauses_version=found.version,
        )
    return with_account(made, agreement) if number is None else made


def _ceiling_reason(exchange: Exchange) -> str:
    if exchange.ceiling_override is None:
        return ""
    raised = StateEvent.of(exchange).filter(transition="raise_ceiling").last()
    return raised.reason if raised else ""


def _pay_out_rule(partnership: Partnership) -> list[contexts.PayOutStep]:
    steps = list(partnership.payout_steps.order_by("from_days"))
    ends = [following.from_days - 1 for _, following in pairwise(steps)]
    return [
        contexts.PayOutStep(from_days=step.from_days, to_days=end, percent=step.percent)
        for step, end in zip(steps, [*ends, None], strict=True)
    ]


def with_account(context: contexts.FaContext, account: BankAccount) -> contexts.FaContext:
    """The document with a bank account put in."""
    return replace(
        context,
        iban=iban.grouped(account.iban),
        account_number=account.account_number,
        bic=account.bic,
        bank_name=account.bank_name,
    )


def of_version(context: contexts.FaContext, version: DocumentVersion) -> contexts.FaContext:
    """What a version prints: its bank account comes from beside the content."""
    return with_account(context, version.terms)
