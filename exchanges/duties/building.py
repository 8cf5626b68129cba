"""What is owed until an exchange is ready to start."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cxc.ground.access import Side, VisibleQuerySet
from cxc.ground.duties import Duty, Frame, Watch, days
from exchanges.duties import reading as r
from exchanges.enums import RUNNING_STATES, ExchangeState, PartState, Party
from exchanges.models import Exchange, SharedPart
from matching.enums import MatchState
from matching.models import Match

VO, HO, VOP, HOP, LEAD, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO
DRAFT, PREPARATION, READY = ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY
CTQ_REMINDS = (-14, -7, -2, 1, 7)
_CTQ_SAYS = _("14 days before the start")
_CTQ_WORDS = _("The Support Office has to have the Commitment to Quality 14 days before the start.")
_ANSWER_SAYS = _("5 working days (seat of the Partnership) after it was ready")


# --- confirmed matches -----------------------------------------------------------------------


def _without_exchange() -> VisibleQuerySet:
    standing = Exchange.objects.filter(match=OuterRef("pk")).exclude(state=ExchangeState.CANCELLED)
    return Match.objects.filter(~Exists(standing), state=MatchState.CONFIRMED).with_faces()


MATCHES = Watch(
    "matching.match",
    _("Exchange building"),
    _without_exchange,
    (
        Duty(
            "build_exchange",
            _("Build the exchange of the confirmed match"),
            (VOP, HOP),
            lambda _match, _frame: True,
            since=lambda match: match.confirmed_at,
        ),
    ),
)


# --- the shared part -----------------------------------------------------------------------------


def _shared_parts() -> VisibleQuerySet:
    """Of visits with an exchange in preparation."""
    building = Exchange.objects.filter(visit=OuterRef("visit"), state=PREPARATION)
    return (
        SharedPart.objects.filter(Exists(building), state__in=[*r.WRITING, PartState.READY])
        .select_related("visit__host_profile__organisation", "visit__host_profile__partnership", "visit__lead")
        .prefetch_related("visit__exchanges__match__visiting_profile")
    )


def _first_start(part: SharedPart) -> date:
    starts = [exchange.start for exchange in part.visit.exchanges.all() if exchange.state in RUNNING_STATES]
    return min((start for start in starts if start), default=part.visit.first_day)


def _shared_due(part: SharedPart, frame: Frame) -> date:
    return _first_start(part) - days(frame.scheme.ctq_days_before_start)


def _shared_answer_due(part: SharedPart, frame: Frame) -> date | None:
    return _answer_due(part, frame, part.visit.lead.seat_id)


def _answer_due(part: Any, frame: Frame, seat: str) -> date | None:
    if part.ready_at is None:
        return None
    return frame.after_working_days(part.ready_at.date(), frame.scheme.ctq_answer_working_days, seat)


SHARED_PARTS = Watch(
    "exchanges.sharedpart",
    _("Exchange building"),
    _shared_parts,
    (
        Duty(
            "shared_part",
            _("Write the shared part of the CTQ with the agenda"),
            (HO, LEAD),
            lambda part, _frame: part.state in r.WRITING,
            due=_shared_due,
            due_says=_CTQ_SAYS,
            reminds=CTQ_REMINDS,
            words=_CTQ_WORDS,
            place="ctq",
        ),
        Duty(
            "validate_shared",
            _("Validate or return the shared part of the CTQ"),
            (SO,),
            lambda part, _frame: part.state == PartState.READY,
            due=_shared_answer_due,
            due_says=_ANSWER_SAYS,
            reminds=(-1, 1, 3),
            words=_("The Support Office answers within 5 working days."),
            place="ctq",
            since=lambda part: part.ready_at,
            queue_day=lambda part, _frame: _first_start(part),
        ),
    ),
    label=lambda part: str(part.visit),
    zone=lambda part: part.visit.time_zone,
)


# --- exchanges --------------------------------------------------------------------------------


def _in_building() -> VisibleQuerySet:
    states = [DRAFT, PREPARATION, READY]
    return r.with_papers(Exchange.objects.filter(state__in=states)).prefetch_related(
        "ctq_versions__signatures", "agreement__versions__signatures"
    )


def _own(exchange: Exchange, *states: str) -> bool:
    part = exchange.own_part_or_none
    return exchange.state == PREPARATION and part is not None and part.state in states


def _own_to_write(exchange: Exchange, _frame: Frame) -> bool:
    part = exchange.own_part_or_none
    return _own(exchange, *r.WRITING) and part is not None and (part.state == PartState.RETURNED or bool(part.gaps()))


def _own_to_validate(exchange: Exchange, _frame: Frame) -> bool:
    shared = exchange.visit.shared_part_or_none
    return _own(exchange, PartState.READY) and shared is not None and shared.state == PartState.VALIDATED


def _agreement(exchange: Exchange, *states: str) -> bool:
    agreement = exchange.agreement_or_none
    return exchange.state == PREPARATION and agreement is not None and agreement.state in states


def _iban_missing(exchange: Exchange, _frame: Frame) -> bool:
    agreement = exchange.agreement_or_none
    return _agreement(exchange, *r.WRITING) and agreement is not None and not (agreement.payee and agreement.iban)


def _own_answer_due(exchange: Exchange, frame: Frame) -> date | None:
    return _answer_due(exchange.own_part_or_none, frame, exchange.vop.seat_id)


def _fa_answer_due(exchange: Exchange, frame: Frame) -> date | None:
    return _answer_due(exchange.agreement_or_none, frame, exchange.vop.seat_id)


def _all_set(exchange: Exchange, _frame: Frame) -> bool:
    done = r.papers_complete(exchange) and r.agreed_complete(exchange)
    return exchange.state == PREPARATION and done and exchange.cancel_asked_at is None


def _missed_its_start(exchange: Exchange, frame: Frame) -> bool:
    return exchange.state in {DRAFT, PREPARATION} and r.has_begun(exchange, frame)


def _sign(party: Party, paper: str) -> Duty:
    """The party's signature on the CTQ, or on the Financial Agreement."""
    is_ctq = paper == "ctq"
    to_sign = r.ctq_to_sign if is_ctq else r.fa_to_sign
    return Duty(
        f"sign_{paper}_{party}",
        _("Sign the Commitment to Quality") if is_ctq else _("Sign the Financial Agreement"),
        (Side(party.value),),
        lambda exchange, _frame: exchange.state == PREPARATION and party in to_sign(exchange),
        due=r.before_start(1),
        due_says=_("the day before the start"),
        reminds=(-7, -3, 0),
        words=_("Without all signatures before the start the exchange can't begin."),
        place=paper,
        signs=True,
    )


BUILDING = Watch(
    "exchanges.exchange",
    _("Exchange building"),
    _in_building,
    (
        Duty(
            "prepare",
            _("Complete the plan and start the preparation"),
            (VOP, HOP),
            lambda exchange, _frame: exchange.state == DRAFT,
            due=r.ctq_due,
            place="planned",
        ),
        Duty(
            "agree_figures",
            _("Set the sector and the agreed figures"),
            (VOP,),
            lambda exchange, _frame: exchange.state == PREPARATION and not r.agreed_complete(exchange),
            due=r.ctq_due,
            place="agreed",
        ),
        Duty(
            "own_part",
            _("Write your part of the CTQ"),
            (VO,),
            _own_to_write,
            due=r.ctq_due,
            due_says=_CTQ_SAYS,
            reminds=CTQ_REMINDS,
            words=_CTQ_WORDS,
            place="ctq",
        ),
        Duty(
            "own_part_ready",
            _("Mark the visitor's part of the CTQ ready for validation"),
            (VOP,),
            lambda exchange, _frame: _own(exchange, *r.WRITING),
            due=r.ctq_due,
            due_says=_CTQ_SAYS,
            reminds=CTQ_REMINDS,
            words=_CTQ_WORDS,
            place="ctq",
        ),
        Duty(
            "iban",
            _("Enter payee and IBAN"),
            (VO,),
            _iban_missing,
            due=r.ctq_due,
            due_says=_CTQ_SAYS,
            reminds=(-7, -1, 7),
            words=_("The lump sum is paid to this account."),
            place="fa",
        ),
        Duty(
            "fa_ready",
            _("Mark the Financial Agreement ready for validation"),
            (VOP,),
            lambda exchange, frame: _agreement(exchange, *r.WRITING) and not _iban_missing(exchange, frame),
            due=r.ctq_due,
            due_says=_CTQ_SAYS,
            reminds=(-7, -1, 7),
            place="fa",
        ),
        Duty(
            "validate_own",
            _("Validate or return the visitor's part of the CTQ"),
            (SO,),
            _own_to_validate,
            due=_own_answer_due,
            due_says=_ANSWER_SAYS,
            reminds=(-1, 1, 3),
            words=_("The Support Office answers within 5 working days."),
            place="ctq",
            since=lambda exchange: exchange.own_part.ready_at,
            queue_day=lambda exchange, _frame: exchange.start,
        ),
        Duty(
            "validate_fa",
            _("Validate or return the Financial Agreement"),
            (SO,),
            lambda exchange, _frame: _agreement(exchange, PartState.READY),
            due=_fa_answer_due,
            due_says=_ANSWER_SAYS,
            reminds=(-1, 1, 3),
            words=_("The Support Office answers within 5 working days."),
            place="fa",
            since=lambda exchange: exchange.agreement.ready_at,
            queue_day=lambda exchange, _frame: exchange.start,
        ),
        *(_sign(party, "ctq") for party in Party),
        *(_sign(party, "fa") for party in (Party.VO, Party.VOP)),
        Duty(
            "set_ready",
            _("Everything is there: set the exchange ready to start"),
            (VOP,),
            _all_set,
            due=r.before_start(1),
            due_says=_("the day before the start"),
            reminds=(-3, 0, 1),
            words=_("An exchange that is not ready does not start."),
        ),
        Duty(
            "answer_request",
            _("Answer the request to cancel"),
            (VOP, HOP),
            lambda exchange, _frame: exchange.state in {PREPARATION, READY} and exchange.cancel_asked_at is not None,
            due=r.before_start(1),
            due_says=_("the day before the start"),
            reminds=(-7, -3, 0, 3),
            words=_("The start waits for your answer."),
            place="cancel",
            since=lambda exchange: exchange.cancel_asked_at,
        ),
        Duty(
            "start_waits",
            _("The start day has come, and a request to cancel is not answered"),
            (SO,),
            lambda exchange, frame: exchange.cancel_asked_at is not None and r.has_begun(exchange, frame),
            due=r.before_start(0),
        ),
        Duty(
            "start_missed",
            _("The start day has passed and the exchange is not ready: help, or cancel it"),
            (VOP, SO),
            _missed_its_start,
            due=r.before_start(0),
        ),
    ),
    label=r.label,
    zone=r.zone,
)
