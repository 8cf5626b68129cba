"""The Commitment to Quality of an exchange, from its models."""

from collections.abc import Iterable
from datetime import date

from cxc.core import languages
from cxc.core.models import SchemeSettings
from cxc.documents.pdf import Mark
from exchanges.documents import builder, contexts
from exchanges.documents.clause_texts import clauses_of
from exchanges.enums import CTQ, CTQ_PARTIES, ClauseKind
from exchanges.models import Exchange, OwnPart, SharedPart, Signature


def context(
    exchange: Exchange,
    *,
    number: int | None,
    dated: date,
    mark: Mark = "",
    signatures: Iterable[Signature] = (),
    editorial_versions: Iterable[contexts.EditorialVersion] = (),
) -> contexts.CtqContext:
    """As the parts, the agenda and the agreed figures stand now.

    `signatures` fill their places: an editorial version keeps those of the version it follows.
    """
    visit = exchange.visit
    with languages.english():
        facts = builder.agreed_facts(exchange)
        is_part = (facts.first_day, facts.last_day) != (visit.first_day, visit.last_day)
        found = clauses_of(exchange, CLAUSES[facts.physical], dated)
        return contexts.CtqContext(
            head=builder.head(exchange, CTQ, CTQ_PARTIES, version=number, dated=dated, mark=mark),
            parties=builder.parties(exchange, CTQ_PARTIES),
            exchange=facts,
            visit_reference=f"VIS-{exchange.visit_id:05d}",
            visit_first_day=visit.first_day if is_part else None,
            visit_last_day=visit.last_day if is_part else None,
            shared=_shared(exchange, facts),
            own=_own(exchange.own_part_or_none),
            signatures=builder.signature_blocks(exchange, CTQ_PARTIES, signatures),
            editorial_versions=list(editorial_versions),
            one_signatory_note=builder.one_signatory_note(exchange),
            report_days=SchemeSettings.current().far_days,
            clauses=found.sections,
            clauses_version=found.version,
        )


def _shared(exchange: Exchange, facts: contexts.ExchangeFacts) -> contexts.SharedPart:
    part = exchange.visit.shared_part_or_none
    texts = {name: getattr(part, name, "") for name in SharedPart.TEXTS}
    return contexts.SharedPart(agenda=builder.agenda(exchange.visit, facts.first_day, facts.last_day), **texts)


CLAUSES = {True: ClauseKind.CTQ_PHYSICAL, False: ClauseKind.CTQ_VIRTUAL}


def _own(part: OwnPart | None) -> contexts.OwnPart:
    texts = {name: getattr(part, name, "") for name in OwnPart.NEEDED}
    return contexts.OwnPart(follow_up_months=part.follow_up_months if part else 6, **texts)
