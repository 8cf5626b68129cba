"""The Financial Agreement of an exchange, from its models and from a kept version."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from cxc import clock
from cxc.core import languages
from cxc.core.models import SchemeSettings
from cxc.documents.pdf import Mark
from cxc.workflow.models import StateEvent
from exchanges import iban
from exchanges.documents import builder, contexts
from exchanges.documents.amounts import amount_in_words
from exchanges.documents.clause_texts import EVIDENCE, clauses_of
from exchanges.documents.snapshot import from_snapshot
from exchanges.enums import FA_PARTIES, ClauseKind
from exchanges.models import Exchange, FaVersion, FinancialAgreement
from exchanges.models.documents.bank_account import BankAccount
from profiles.models import Partnership


def context(agreement: FinancialAgreement, *, number: int | None, dated: date, mark: Mark = "") -> contexts.FaContext:
    """As the agreement stands now, without the bank account, which is never kept with the content."""
    exchange, settings = agreement.exchange, SchemeSettings.current()
    with languages.english():
        found = clauses_of(exchange, ClauseKind.FA, dated)
        return contexts.FaContext(
            head=builder.head(exchange, "FA", FA_PARTIES, version=number, dated=dated, mark=mark),
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


def draft(agreement: FinancialAgreement) -> contexts.FaContext:
    """What would be validated now, with its bank account, marked DRAFT (CANCELLED for a cancelled exchange)."""
    exchange = agreement.exchange
    mark = builder.mark_of(exchange, is_draft=True)
    made = context(agreement, number=None, dated=clock.today(exchange.visit.time_zone), mark=mark)
    return with_account(made, agreement)


def with_account(context: contexts.FaContext, account: BankAccount) -> contexts.FaContext:
    """The document with a bank account put in."""
    return replace(
        context,
        iban=iban.grouped(account.iban),
        account_number=account.account_number,
        bic=account.bic,
        bank_name=account.bank_name,
    )


def of_version(version: FaVersion) -> contexts.FaContext:
    """What this version prints: the file that is signed. Its bank account comes from beside the content."""
    content = with_account(from_snapshot(contexts.FaContext, version.content), version)
    if content.clauses:
        return content
    # Validated before clauses were frozen with the content.
    return replace(content, clauses=clauses_of(version.exchange, ClauseKind.FA, content.head.dated).sections)


def reading_copy(version: FaVersion) -> contexts.FaContext:
    """The version with its signatures filled in; CANCELLED where the exchange is."""
    content, exchange = of_version(version), version.exchange
    last = version.agreement.versions.latest("number")
    blocks = builder.with_signatures(content.signatures, version.valid_signatures())
    replaced_by = None if version == last else last.number
    return replace(content, head=builder.reading_copy_head(content.head, exchange, replaced_by), signatures=blocks)
