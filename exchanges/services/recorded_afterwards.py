"""What happened outside the portal, entered afterwards: one call for each thing, by the Support Office.

    visiting = record_profile(Profile(organisation=…, kind="visiting", …), links={"types": […]}, created=…, …)
    host     = record_profile(Profile(organisation=…, kind="host", …), …)
    match    = record_match(visiting, host, "physical", proposed=…, confirmed=…, …)
    visit    = record_visit(host, "physical", first_day=…, last_day=…, …)
    exchange = record_exchange(match, visit, type=…, sector=…, closed=…, paid_on=…, …)

Each takes `by` (an Actor of the Support Office, or PORTAL) and `source` (where this is known from), and
dates as local dates; the events carry noon UTC of these days (the start: the visit's midnight). Facts hold
(people, countries, dates, working days, once only, ceilings, uniqueness); timing, mails and reminders are
set aside; documents count as met and show as "not in the portal" (`exchange.is_recorded`).
Raises Refused (RequirementsUnmet with the facts that are missing) and then leaves nothing behind of that thing.
An exchange is recorded as closed; record an organisation's exchanges one after the other, the earlier first,
because each match is completed by its exchange. For many in a row hand on the same objects (organisations,
generation with `countries`, Partnerships with `payout_steps` prefetched): what is known is not read again.
Rule: docs/rules.md, Recorded afterwards.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import Actor, Side
from cxc.workflow import RecordedStep, Refused, record
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import DayMark, Exchange, Payment, Visit
from exchanges.rules.stay import NEXT_DAY
from exchanges.services.payments import due_day
from matching.models import Match
from profiles.models import ExchangeType, Partnership, Profile, Sector

DAYS_TO_BUILD = timedelta(days=14)
NOON = time(12, tzinfo=UTC)


def noon(day: date) -> datetime:
    """The moment under which an event of that day is kept."""
    return datetime.combine(day, NOON)


def record_profile(
    profile: Profile,
    *,
    by: Actor,
    source: str,
    created: date,
    submitted: date | None = None,
    published: date | None = None,
    archived: date | None = None,
    links: Mapping[str, Sequence[Any]] | None = None,
) -> Profile:
    """Enter an unsaved profile as published (and archived on the day `archived`).

    `links`: its many-to-many fields by name (types, own_sectors, …). Missing days are the creation's.
    """
    steps = [
        RecordedStep("create", noon(created)),
        RecordedStep("submit", noon(submitted or created)),
        RecordedStep("publish", noon(published or submitted or created)),
    ]
    if archived is not None:
        steps.append(
            RecordedStep("archive_after_participation" if archived > _last_day(profile) else "archive", noon(archived))
        )
    with unit_of_work():
        record(profile, steps, by=by, source=source)
        for name, values in (links or {}).items():
            getattr(profile, name).add(*values)
    return profile


def _last_day(profile: Profile) -> date:
    participation = profile.participation
    return participation.last_day if participation else profile.generation.last_day


def record_match(
    visiting: Profile,
    host: Profile,
    modality: str,
    *,
    by: Actor,
    source: str,
    proposed: date,
    confirmed: date,
    initiated_by: Side = Side.VO,
    message: str = "",
) -> Match:
    """Enter a match that both sides accepted. `initiated_by`: VO, HO, VOP, HOP or SO."""
    match = Match(visiting_profile=visiting, host_profile=host, modality=modality, message=message)
    answers = [name for side, name in (("vo", "visitor_yes"), ("ho", "host_yes")) if side != initiated_by]
    steps = [
        RecordedStep("propose", noon(proposed), initiated_by),
        *(RecordedStep(answer, noon(confirmed)) for answer in answers),
        RecordedStep("confirm", noon(confirmed)),
    ]
    return record(match, steps, by=by, source=source)


def record_visit(
    host: Profile,
    modality: str,
    *,
    by: Actor,
    source: str,
    created: date,
    first_day: date,
    last_day: date,
    lead: Partnership | None = None,
    time_zone: str = "",
    title: str = "",
    city: str = "",
    places: int | None = None,
    worked: Collection[date] = (),
) -> Visit:
    """Enter a visit. The lead is the host's Partnership unless another is named; `worked`: weekend days that count."""
    visit = Visit(
        host_profile=host,
        modality=modality,
        lead=lead or host.partnership,
        first_day=first_day,
        last_day=last_day,
        time_zone=time_zone or host.organisation.country.time_zone,
        title=title,
        city=city or host.organisation.city,
        places=places,
    )
    with unit_of_work():
        record(visit, [RecordedStep("create", noon(created), Side.LEAD)], by=by, source=source)
        for day in worked:
            DayMark.objects.create(visit=visit, day=day, is_worked=True)
    return visit


def record_exchange(
    match: Match,
    visit: Visit,
    *,
    by: Actor,
    source: str,
    type: ExchangeType,
    sector: Sector,
    start: date | None = None,
    end: date | None = None,
    built: date | None = None,
    ready: date | None = None,
    closed: date | None = None,
    lump_sum: Decimal | None = None,
    payable: Decimal | None = None,
    payable_why: str = "",
    paid_on: date | None = None,
    paid_amount: Decimal | None = None,
    reference: str = "",
) -> Exchange:
    """Enter an exchange that took place, as closed, and its payment.

    Dates are the visit's unless given; planned, agreed and actual figures are the same. Working days are
    counted. A physical exchange's `lump_sum` (EUR) is what the pay-out rule gives, `payable` the same, unless
    given; a payment is entered when the payable amount is above zero, paid when `paid_on` is given (where less
    than all was paid the rest stays due). Days not
    given: built 14 days before the start (not before the match was confirmed), ready the day before it, closed
    the day after the end.
    """
    exchange = Exchange(
        match=match,
        visit=visit,
        organisation=match.visiting_organisation,
        generation=match.generation,
        modality=match.modality,
        type=type,
        planned_start=start or visit.first_day,
        planned_end=end or visit.last_day,
    )
    _refuse_money_of_virtual(exchange, lump_sum, payable, paid_on, paid_amount)
    steps = _path(exchange, sector, built, ready, closed, lump_sum, payable, payable_why)
    with unit_of_work():
        record(exchange, steps, by=by, source=source)
        if exchange.payable:
            _record_payment(exchange, by, source, paid_on, paid_amount, reference)
    return exchange


def _path(
    exchange: Exchange,
    sector: Sector,
    built: date | None,
    ready: date | None,
    closed: date | None,
    lump_sum: Decimal | None,
    payable: Decimal | None,
    payable_why: str,
) -> list[RecordedStep]:
    """From the creation to the close. Agreed figures are a copy of the planned unless a lump sum is given."""
    start, end = exchange.planned_start, exchange.planned_end
    assert start is not None
    assert end is not None
    exchange.sector = sector
    built_at, ready_at = _built_and_ready_at(exchange, start, built, ready)
    closed_at = noon(closed or end + NEXT_DAY)
    steps = [RecordedStep("create", built_at), RecordedStep("prepare", built_at)]
    if lump_sum is not None:
        agreed = {"start": start, "end": end, "sector": sector, "lump_sum": lump_sum}
        steps.append(RecordedStep("set_agreed", ready_at, facts=agreed))
    steps += [RecordedStep("set_ready", ready_at), RecordedStep("begin_stay", exchange.visit.midnight_of(start))]
    if exchange.is_physical:
        accepted = {"amount": payable, "why": payable_why}
        steps.append(RecordedStep("accept_payable", closed_at, Side.SO, facts=accepted))
    return [*steps, RecordedStep("close", closed_at)]


def _built_and_ready_at(
    exchange: Exchange, start: date, built: date | None, ready: date | None
) -> tuple[datetime, datetime]:
    """When it was built and when it was ready; the match was confirmed before."""
    starts_at = exchange.visit.midnight_of(start)
    confirmed = exchange.match.confirmed_at or starts_at
    built_at = noon(built) if built else min(max(noon(start - DAYS_TO_BUILD), confirmed), starts_at)
    return built_at, noon(ready) if ready else max(built_at, noon(start - NEXT_DAY))


def _refuse_money_of_virtual(exchange: Exchange, *amounts: object) -> None:
    if not exchange.is_physical and any(amount is not None for amount in amounts):
        raise Refused(_("A virtual exchange has no lump sum, and nothing is paid for it."))


def _record_payment(
    exchange: Exchange, by: Actor, source: str, paid_on: date | None, amount: Decimal | None, reference: str
) -> Payment:
    """The payment of the payable amount, due as if the documents had come in on the day of the close."""
    assert exchange.payable is not None
    assert exchange.closed_at is not None
    closed = exchange.closed_at.date()
    if paid_on is not None and exchange.end is not None and paid_on < exchange.end:
        raise Refused(
            _("The stay lasted until %(end)s: it can't have been paid on %(day)s.")
            % {"end": date_format(exchange.end), "day": date_format(paid_on)}
        )
    payment = Payment(exchange=exchange, amount=exchange.payable, due_on=due_day(exchange, closed))
    steps = [RecordedStep("create", noon(min(closed, paid_on or closed)))]
    if paid_on is not None:
        paid = {"paid_on": paid_on, "amount": amount or exchange.payable, "reference": reference or source}
        steps.append(RecordedStep("pay", noon(paid_on), Side.SO, facts=paid))
    return record(payment, steps, by=by, source=source)
