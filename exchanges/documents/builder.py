"""What all documents take from the models: head, parties, facts, places to sign.

English, whatever the screen speaks; every value plain. Each document's own module wraps it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils.formats import date_format

from cxc.core import moments
from cxc.core.calendar import holidays_known
from cxc.documents.pdf import Mark
from cxc.workflow.models import StateEvent
from exchanges.documents import contexts
from exchanges.documents.clause_texts import disclaimer, funding_line, grant_number
from exchanges.documents.day_count import day_count
from exchanges.enums import ExchangeState, Party, SignatureMethod
from exchanges.models import AgendaItem, Exchange, Signature, Visit
from profiles.models import Organisation, Partnership
from profiles.queries.signatories import people_who_may_sign

# What documents, which are English, say of how a party has signed.
HOW: dict[str, str] = {
    SignatureMethod.PAPER: "Signed on paper",
    SignatureMethod.SCREEN: "Signed on the screen",
    SignatureMethod.ELSEWHERE: "Signed in a file of its own",
}
ROLES: dict[str, contexts.Role] = {Party.VO: "VO", Party.HO: "HO", Party.VOP: "VOP", Party.HOP: "HOP"}


def local_day(moment: datetime, exchange: Exchange) -> date:
    """The day it was at the place of the visit."""
    return moments.local_day(moment, exchange.visit.time_zone)


def head(
    exchange: Exchange, kind: str, roles: Iterable[Party], *, version: int | None, dated: date, mark: Mark = ""
) -> contexts.DocumentHead:
    """What stands on top of every page; `dated` is local to the visit. No version: a draft."""
    bodies = [exchange.body_of(role) for role in roles]
    partnerships = dict.fromkeys(body for body in bodies if isinstance(body, Partnership))
    return contexts.DocumentHead(
        reference=f"{kind.upper()}-{exchange.reference}",
        version=version,
        dated=dated,
        generation=str(exchange.generation),
        mark=mark,
        recorded_source=_source(exchange) if exchange.is_recorded else "",
        funding=funding_line(exchange, partnerships, dated),
        disclaimer=disclaimer(exchange, dated),
    )


def mark_of(exchange: Exchange, *, is_draft: bool) -> Mark:
    """CANCELLED for a cancelled exchange, DRAFT for what is not validated or accepted."""
    if exchange.state == ExchangeState.CANCELLED:
        return "cancelled"
    return "draft" if is_draft else ""


def _source(exchange: Exchange) -> str:
    first = StateEvent.of(exchange).filter(is_recorded=True).first()
    return first.source if first else ""


def parties(exchange: Exchange, roles: Iterable[Party]) -> list[contexts.Party]:
    """Who signs, in this order, as registered now."""
    return [_party(exchange, role) for role in roles]


def _party(exchange: Exchange, role: Party) -> contexts.Party:
    body = exchange.body_of(role)
    people = [
        contexts.Signatory(name=user.full_name or user.email, function=user.job_title)
        for user in people_who_may_sign(body)
    ]
    if isinstance(body, Organisation):
        return contexts.Party(
            role=ROLES[role],
            name=body.legal_name,
            kind=str(body.get_kind_display()),
            country=body.country.name,
            address=body.street_and_city,
            registration_number=body.registration_number,
            signatories=people,
        )
    return _partnership(exchange, role, body, people)


def _partnership(
    exchange: Exchange, role: Party, body: Partnership, people: list[contexts.Signatory]
) -> contexts.Party:
    return contexts.Party(
        role=ROLES[role],
        name=f"{body.full_name} ({body.acronym})",
        kind="Partnership",
        country=body.seat.name,
        address="",
        registration_number="",
        signatories=people,
        coordinating=_coordinating(body),
        grant_agreement_number=grant_number(body, exchange),
    )


def _coordinating(body: Partnership) -> contexts.CoordinatingBody | None:
    found = body.coordinating_organisation_or_none
    if found is None:
        return None
    return contexts.CoordinatingBody(
        name=found.legal_name,
        registration_number=found.registration_number,
        address=found.street_and_city,
        country=found.country.name,
    )


def agreed_facts(exchange: Exchange) -> contexts.ExchangeFacts:
    """As agreed; as planned while nothing is agreed (a draft)."""
    days = exchange.agreed_working_days if exchange.agreed_start else exchange.planned_working_days
    start, end = exchange.agreed_start or exchange.planned_start, exchange.agreed_end or exchange.planned_end
    return facts(exchange, start, end, days)


def facts(
    exchange: Exchange, start: date | None, end: date | None, days: int | None, *, days_off: bool = False
) -> contexts.ExchangeFacts:
    """The exchange with these days, local to the visit; the visit's own where a day is not known yet.

    `days_off`: the days on which this visitor did not work are taken off. The count is explained where it gives the
    days stated; a number that was entered, or signed before the calendar changed, stands for itself.
    """
    visit = exchange.visit
    first, last = start or visit.first_day, end or visit.last_day
    count = day_count(exchange, first, last, days_off=days_off)
    return contexts.ExchangeFacts(
        reference=exchange.reference,
        type=str(exchange.type or ""),
        sector=str(exchange.sector or ""),
        modality="physical" if exchange.is_physical else "virtual",
        first_day=first,
        last_day=last,
        working_days=days or 0,
        city=visit.city or exchange.host.city,
        country=exchange.host_country.name,
        zone=visit.time_zone,
        day_marks=[*count.worked, *count.not_worked],
        count=count if count.total == (days or 0) else None,
        holidays_known=all(holidays_known(exchange.host_country.pk, day) for day in (first, last)),
    )


def agenda(visit: Visit, first: date, last: date) -> list[contexts.AgendaItem]:
    """The visit's agenda within these days, in its order: nobody is bound to days of others."""
    return [_item(item) for item in visit.agenda_items.all() if first <= item.day <= last]


def _item(item: AgendaItem) -> contexts.AgendaItem:
    return contexts.AgendaItem(
        day=item.day,
        starts=item.starts,
        ends=item.ends,
        title=item.title,
        leader=item.leader,
        place=item.place,
        is_feedback=item.is_feedback,
    )


def one_signatory_note(exchange: Exchange) -> str:
    """What is printed where one person may sign for several bodies; '' in the ordinary case."""
    if not exchange.one_signatory_reason:
        return ""
    allowed = StateEvent.of(exchange).filter(transition="allow_one_signatory").last()
    day = f" on {date_format(local_day(allowed.happened_at, exchange), 'j F Y')}" if allowed else ""
    return f"The Support Office allowed one person to sign for several bodies{day}: {exchange.one_signatory_reason}"


def signature_blocks(
    exchange: Exchange, roles: Iterable[Party], signatures: Iterable[Signature] = ()
) -> list[contexts.SignatureBlock]:
    """Empty places, two of them where two sign jointly; or filled with the signatures of each party."""
    places = [role for role in roles for _place in range(2 if exchange.body_of(role).signs_jointly else 1)]
    return with_signatures([_empty(exchange, role) for role in places], signatures)


def with_signatures(
    blocks: Iterable[contexts.SignatureBlock], signatures: Iterable[Signature]
) -> list[contexts.SignatureBlock]:
    """The places of a version with the signatures of each party, the first one first."""
    return [_signed(block, signature) if signature else block for block, signature in paired(blocks, signatures)]


def paired(
    blocks: Iterable[contexts.SignatureBlock], signatures: Iterable[Signature]
) -> list[tuple[contexts.SignatureBlock, Signature | None]]:
    """Each place with its signature; None where it is empty."""
    given: dict[str, list[Signature]] = defaultdict(list)
    for signature in sorted(signatures, key=lambda s: (s.entered_at, s.pk)):
        given[ROLES[signature.party]].append(signature)
    return [(block, given[block.role].pop(0) if given[block.role] else None) for block in blocks]


def _empty(exchange: Exchange, role: Party) -> contexts.SignatureBlock:
    body = exchange.body_of(role)
    if isinstance(body, Organisation):
        return contexts.SignatureBlock(role=ROLES[role], party=body.legal_name)
    legal = body.coordinating_organisation_or_none
    return contexts.SignatureBlock(
        role=ROLES[role], party=f"{legal.legal_name}, for {body.full_name}" if legal else body.full_name
    )


def _signed(block: contexts.SignatureBlock, signature: Signature) -> contexts.SignatureBlock:
    return replace(
        block,
        name=signature.signer_name,
        function=signature.signer_function,
        signed_on=signature.signed_on,
        how=HOW[signature.method],
        scan_reference=f"SC-{signature.file_id:06d}" if signature.method == SignatureMethod.PAPER else "",
    )
