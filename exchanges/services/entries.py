"""The past as a Partnership enters it and the Support Office accepts it; imports come this way too.

Rule: lifecycles, Recorded afterwards.
"""

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL, Actor, Side
from cxc.workflow import Refused, TransitionContext, create
from cxc.workflow.registry import after
from exchanges.models import Exchange, RecordedEntry, Visit
from exchanges.past import PastExchange
from exchanges.services import recording
from profiles.enums import ProfileKind
from profiles.models import ExchangeType, Generation, Organisation, Partnership, Profile, Sector

LEAD_TIME = timedelta(days=14)


def hand_in(partnership: Partnership, past: PastExchange, *, source: str, by: Actor) -> RecordedEntry:
    """The visitor's Partnership enters what took place; nothing is recorded until the Support Office accepts.

    NotAllowed for anybody but a coordinator of that Partnership; Refused where something needed is not said or a
    fact does not hold.
    """
    entry = RecordedEntry(partnership=partnership, payload=past.to_payload(), source=source.strip())
    return create(entry, "submit", by=by)


@after("exchanges.recordedentry", "submit", "submit_again", order=10)
def check_facts(context: TransitionContext) -> None:
    """All facts hold already when it is handed in: what accepting would record is recorded on trial and undone."""
    entry = context.thing
    try:
        with transaction.atomic():
            record_past(PastExchange.from_payload(entry.payload), entry.partnership, by=PORTAL, source=entry.source)
            connection.check_constraints()
            transaction.set_rollback(True)
    except IntegrityError as error:
        raise Refused(_("The portal already holds something that contradicts this entry.")) from error


@after("exchanges.recordedentry", "accept", order=10)
def enter(context: TransitionContext) -> None:
    """The Support Office accepted: everything is entered in its name; one fact that fails refuses all."""
    entry = context.thing
    past = PastExchange.from_payload(entry.payload)
    entry.exchange = record_past(past, entry.partnership, by=context.actor, source=entry.source)
    entry.save(update_fields=["exchange"])


def record_past(past: PastExchange, vop: Partnership, *, by: Actor, source: str) -> Exchange:
    """Enter profiles where there are none, the match, the visit unless it is named, exchange and payment.

    All or nothing. Refused where a fact fails or something named does not exist. Days not said: proposed and
    confirmed 14 days before the start, the others as in `recording.record_exchange`. Amounts are EUR.
    """
    with transaction.atomic():
        generation = _named(Generation, past.generation)
        visiting = _profile(past, ProfileKind.VISITING, past.visiting_organisation, vop, generation, by, source)
        hop = _named(Partnership, past.host_partnership)
        host = _profile(past, ProfileKind.HOST, past.host_organisation, hop, generation, by, source)
        confirmed = past.confirmed or past.proposed or past.start - LEAD_TIME
        match = recording.record_match(
            visiting,
            host,
            past.modality,
            by=by,
            source=source,
            proposed=past.proposed or confirmed,
            confirmed=confirmed,
            initiated_by=Side(past.initiated_by),
        )
        return recording.record_exchange(
            match,
            _visit(past, host, confirmed, by, source),
            by=by,
            source=source,
            type=_named(ExchangeType, past.type),
            sector=_named(Sector, past.sector),
            start=past.start,
            end=past.end,
            built=past.built,
            closed=past.closed,
            lump_sum=past.lump_sum,
            payable=past.payable,
            payable_why=past.payable_why,
            paid_on=past.paid_on,
            paid_amount=past.paid_amount,
            reference=past.reference,
        )


def _named(model: type, key: object):  # type: ignore[no-untyped-def]
    found = model._default_manager.filter(pk=key).first()  # type: ignore[attr-defined]
    if found is None:
        raise Refused(
            _("There is no %(what)s “%(key)s”.") % {"what": model._meta.verbose_name, "key": key}  # type: ignore[attr-defined]
        )
    return found


def _profile(
    past: PastExchange,
    kind: str,
    organisation: int,
    partnership: Partnership,
    generation: Generation,
    by: Actor,
    source: str,
) -> Profile:
    """The profile it took place with; the organisation's latest under this Partnership, or one entered for it."""
    known = Profile.objects.filter(
        organisation=organisation, kind=kind, partnership=partnership, generation=generation
    ).last()
    if known is not None:
        return known
    entered: date = past.proposed or past.confirmed or past.start - LEAD_TIME
    made = Profile(
        organisation=_named(Organisation, organisation),
        partnership=partnership,
        generation=generation,
        kind=kind,
        physical=True,
        virtual=True,
        languages=list(past.languages),
        available_from=past.start,
        available_to=past.end,
        motivation=source,
        description=source,
        eligibility_declared=True,
    )
    types = {"types": [_named(ExchangeType, past.type)]}
    return recording.record_profile(made, by=by, source=source, created=entered, links=types)


def _visit(past: PastExchange, host: Profile, confirmed: date, by: Actor, source: str) -> Visit:
    if past.visit is not None:
        visit: Visit = _named(Visit, past.visit)
        return visit
    return recording.record_visit(
        host,
        past.modality,
        by=by,
        source=source,
        created=confirmed,
        first_day=past.start,
        last_day=past.end,
        title=past.title,
        city=past.city,
    )
