"""The past as a Partnership enters it and the Support Office accepts it; imports come this way too.

Rule: docs/rules.md, Recorded afterwards.
"""

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL, Actor, Side
from cxc.workflow import Refused, TransitionContext, create
from cxc.workflow.registry import after
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.models import Exchange, RecordedSubmission, Visit
from exchanges.recorded_exchange import RecordedExchange
from exchanges.services import recorded_afterwards
from profiles.enums import ProfileKind
from profiles.models import ExchangeType, Generation, Organisation, Partnership, Profile, Sector

LEAD_TIME = timedelta(days=14)


def hand_in(partnership: Partnership, recorded: RecordedExchange, *, source: str, by: Actor) -> RecordedSubmission:
    """The visitor's Partnership enters what took place; nothing is recorded until the Support Office accepts.

    NotAllowed for anybody but a coordinator of that Partnership; Refused where something needed is not said or a
    fact does not hold.
    """
    submission = RecordedSubmission(partnership=partnership, payload=recorded.to_payload(), source=source.strip())
    return create(submission, "submit", by=by)


@after("exchanges.recordedsubmission", "submit", "submit_again", order=10)
def check_recordable(context: TransitionContext) -> None:
    """All facts hold already when it is handed in: what accepting would record is recorded on trial and undone."""
    submission = context.thing
    try:
        with unit_of_work():
            record_complete_exchange(
                RecordedExchange.from_payload(submission.payload),
                submission.partnership,
                by=PORTAL,
                source=submission.source,
            )
            connection.check_constraints()
            transaction.set_rollback(True)
    except IntegrityError as error:
        raise Refused(_("The portal already holds something that contradicts this entry.")) from error


@after("exchanges.recordedsubmission", "accept", order=10)
def record_accepted_submission(context: TransitionContext) -> None:
    """The Support Office accepted: everything is entered in its name; one fact that fails refuses all."""
    submission = context.thing
    recorded = RecordedExchange.from_payload(submission.payload)
    submission.exchange = record_complete_exchange(
        recorded, submission.partnership, by=context.actor, source=submission.source
    )
    submission.save(update_fields=["exchange"])


def record_complete_exchange(recorded: RecordedExchange, vop: Partnership, *, by: Actor, source: str) -> Exchange:
    """Enter profiles where there are none, the match, the visit unless it is named, exchange and payment.

    All or nothing. Refused where a fact fails or something named does not exist. Days not said: proposed and
    confirmed 14 days before the start, the others as in `recorded_afterwards.record_exchange`. Amounts are EUR.
    """
    with unit_of_work():
        generation = _named(Generation, recorded.generation)
        visiting = _profile(recorded, ProfileKind.VISITING, recorded.visiting_organisation, vop, generation, by, source)
        hop = _named(Partnership, recorded.host_partnership)
        host = _profile(recorded, ProfileKind.HOST, recorded.host_organisation, hop, generation, by, source)
        confirmed = recorded.confirmed or recorded.proposed or recorded.start - LEAD_TIME
        match = recorded_afterwards.record_match(
            visiting,
            host,
            recorded.modality,
            by=by,
            source=source,
            proposed=recorded.proposed or confirmed,
            confirmed=confirmed,
            initiated_by=Side(recorded.initiated_by),
        )
        return recorded_afterwards.record_exchange(
            match,
            _visit(recorded, host, confirmed, by, source),
            by=by,
            source=source,
            type=_named(ExchangeType, recorded.type),
            sector=_named(Sector, recorded.sector),
            start=recorded.start,
            end=recorded.end,
            built=recorded.built,
            closed=recorded.closed,
            lump_sum=recorded.lump_sum,
            payable=recorded.payable,
            payable_why=recorded.payable_why,
            paid_on=recorded.paid_on,
            paid_amount=recorded.paid_amount,
            reference=recorded.reference,
        )


def _named(model: type, key: object):  # type: ignore[no-untyped-def]
    found = model._default_manager.filter(pk=key).first()  # type: ignore[attr-defined]
    if found is None:
        raise Refused(
            _("There is no %(what)s “%(key)s”.") % {"what": model._meta.verbose_name, "key": key}  # type: ignore[attr-defined]
        )
    return found


def _profile(
    recorded: RecordedExchange,
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
    entered: date = recorded.proposed or recorded.confirmed or recorded.start - LEAD_TIME
    made = Profile(
        organisation=_named(Organisation, organisation),
        partnership=partnership,
        generation=generation,
        kind=kind,
        physical=True,
        virtual=True,
        languages=list(recorded.languages),
        available_from=recorded.start,
        available_to=recorded.end,
        motivation=source,
        description=source,
        eligibility_declared=True,
    )
    types = {"types": [_named(ExchangeType, recorded.type)]}
    return recorded_afterwards.record_profile(made, by=by, source=source, created=entered, links=types)


def _visit(recorded: RecordedExchange, host: Profile, confirmed: date, by: Actor, source: str) -> Visit:
    if recorded.visit is not None:
        visit: Visit = _named(Visit, recorded.visit)
        return visit
    return recorded_afterwards.record_visit(
        host,
        recorded.modality,
        by=by,
        source=source,
        created=confirmed,
        first_day=recorded.start,
        last_day=recorded.end,
        title=recorded.title,
        city=recorded.city,
    )
