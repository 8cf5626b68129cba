"""What is owed until an exchange is ready to start."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Watch, never
from cxc.todo.subjects import TodoRule
from cxc.workflow.deadlines import Deadlines
from exchanges import links
from exchanges.deadlines import ANSWER_REMIND, ANSWER_TEXT, CTQ_REMIND, CTQ_TEXT, before_start
from exchanges.deadlines import CTQ as ctq
from exchanges.deadlines import VALIDATION as validation
from exchanges.duties import reading as r
from exchanges.enums import BEING_WRITTEN_STATES, ExchangeState, PartState, Party
from exchanges.models import CtqVersion, Exchange, FaVersion

VO, VOP, HOP, SO = Side.VO, Side.VOP, Side.HOP, Side.SO
DRAFT, PREPARATION, READY = ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY


def _in_building() -> VisibleQuerySet:
    states = [DRAFT, PREPARATION, READY]
    # What a version says is long and is not read here.
    ctq = Prefetch("ctq_versions", CtqVersion.objects.defer("content").prefetch_related("signatures"))
    fa = Prefetch("agreement__versions", FaVersion.objects.defer("content").prefetch_related("signatures"))
    return r.with_papers(Exchange.objects.filter(state__in=states)).prefetch_related(ctq, fa)


def _own(exchange: Exchange, *states: str) -> bool:
    part = exchange.own_part_or_none
    return exchange.state == PREPARATION and part is not None and part.state in states


def _own_to_write(exchange: Exchange, _deadlines: Deadlines) -> bool:
    part = exchange.own_part_or_none
    return (
        _own(exchange, *BEING_WRITTEN_STATES)
        and part is not None
        and (part.state == PartState.RETURNED or bool(part.gaps()))
    )


def _own_to_validate(exchange: Exchange, _deadlines: Deadlines) -> bool:
    shared = exchange.visit.shared_part_or_none
    return _own(exchange, PartState.READY) and shared is not None and shared.state == PartState.VALIDATED


def _agreement(exchange: Exchange, *states: str) -> bool:
    agreement = exchange.agreement_or_none
    return exchange.state == PREPARATION and agreement is not None and agreement.state in states


def _iban_missing(exchange: Exchange, _deadlines: Deadlines) -> bool:
    agreement = exchange.agreement_or_none
    return (
        agreement is not None and _agreement(exchange, *BEING_WRITTEN_STATES) and bool(agreement.missing_bank_details())
    )


def _all_set(exchange: Exchange, _deadlines: Deadlines) -> bool:
    done = r.papers_complete(exchange) and r.agreed_complete(exchange)
    return exchange.state == PREPARATION and done and exchange.cancel_asked_at is None


def _missed_its_start(exchange: Exchange, deadlines: Deadlines) -> bool:
    return exchange.state in {DRAFT, PREPARATION} and r.has_begun(exchange, deadlines)


def _sign(party: Party, paper: str) -> TodoRule:
    """The party's signature on the CTQ, or on the Financial Agreement."""
    is_ctq = paper == "ctq"
    to_sign = r.ctq_to_sign if is_ctq else r.fa_to_sign
    return Duty(
        f"sign_{paper}_{party}",
        _("Sign the Commitment to Quality") if is_ctq else _("Sign the Financial Agreement"),
        (Side(party.value),),
        lambda exchange, _deadlines: exchange.state == PREPARATION and party in to_sign(exchange),
        due=before_start(1),
        due_says=_("the day before the start"),
        reminds=(-7, -3, 0),
        words=_("Without all signatures before the start the exchange can't begin."),
        place=paper,
        page=links.signing,
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
            lambda exchange, _deadlines: exchange.state == DRAFT,
            due=ctq.day,
            page=links.preparation,
        ),
        Duty(
            "agree_figures",
            _("Set the sector and the agreed figures"),
            (VOP,),
            lambda exchange, _deadlines: exchange.state == PREPARATION and not r.agreed_complete(exchange),
            due=ctq.day,
            page=links.agreed_figures,
        ),
        Duty(
            "own_part",
            _("Write your part of the CTQ"),
            (VO,),
            _own_to_write,
            due=ctq.day,
            due_says=ctq.text,
            reminds=CTQ_REMIND,
            words=CTQ_TEXT,
            page=lambda exchange: links.own_part(exchange.own_part),
        ),
        Duty(
            "own_part_ready",
            _("Mark the visitor's part of the CTQ ready for validation"),
            (VOP,),
            lambda exchange, deadlines: (
                _own(exchange, *BEING_WRITTEN_STATES) and not _own_to_write(exchange, deadlines)
            ),
            due=ctq.day,
            due_says=ctq.text,
            reminds=CTQ_REMIND,
            words=CTQ_TEXT,
            place="ctq",
        ),
        Duty(
            "iban",
            _("Enter payee and bank account"),
            (VO,),
            _iban_missing,
            due=ctq.day,
            due_says=ctq.text,
            reminds=(-7, -1, 7),
            words=_("The lump sum is paid to this account."),
            page=lambda exchange: links.agreement(exchange.agreement),
        ),
        Duty(
            "fa_ready",
            _("Mark the Financial Agreement ready for validation"),
            (VOP,),
            lambda exchange, deadlines: (
                _agreement(exchange, *BEING_WRITTEN_STATES) and not _iban_missing(exchange, deadlines)
            ),
            due=ctq.day,
            due_says=ctq.text,
            reminds=(-7, -1, 7),
            place="fa",
        ),
        Duty(
            "validate_own",
            _("Validate or return the visitor's part of the CTQ"),
            (SO,),
            _own_to_validate,
            due=lambda exchange, deadlines: validation.day(exchange.own_part, deadlines),
            due_says=validation.text,
            reminds=ANSWER_REMIND,
            words=ANSWER_TEXT,
            page=lambda exchange: links.validation_of_own(exchange.own_part),
            since=lambda exchange: exchange.own_part.ready_at,
            queue_day=lambda exchange, _deadlines: exchange.start,
        ),
        Duty(
            "validate_fa",
            _("Validate or return the Financial Agreement"),
            (SO,),
            lambda exchange, _deadlines: _agreement(exchange, PartState.READY),
            due=lambda exchange, deadlines: validation.day(exchange.agreement, deadlines),
            due_says=validation.text,
            reminds=ANSWER_REMIND,
            words=ANSWER_TEXT,
            page=lambda exchange: links.validation_of_agreement(exchange.agreement),
            since=lambda exchange: exchange.agreement.ready_at,
            queue_day=lambda exchange, _deadlines: exchange.start,
        ),
        *(_sign(party, "ctq") for party in Party),
        *(_sign(party, "fa") for party in (Party.VO, Party.VOP)),
        Duty(
            "set_ready",
            _("Everything is there: set the exchange ready to start"),
            (VOP,),
            _all_set,
            due=before_start(1),
            due_says=_("the day before the start"),
            reminds=(-3, 0, 1),
            words=_("An exchange that is not ready does not start."),
            place="state",
        ),
        Duty(
            "answer_request",
            _("Answer the request to cancel"),
            (VOP, HOP),
            lambda exchange, _deadlines: (
                exchange.state in {PREPARATION, READY} and exchange.cancel_asked_at is not None
            ),
            due=before_start(1),
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
            lambda exchange, deadlines: exchange.cancel_asked_at is not None and r.has_begun(exchange, deadlines),
            due=before_start(0),
            place="cancel",
            holds=never,
        ),
        Duty(
            "start_missed",
            _("The start day has passed and the exchange is not ready: help, or cancel it"),
            (VOP, SO),
            _missed_its_start,
            due=before_start(0),
            place="state",
            holds=never,
        ),
    ),
    states=(DRAFT, PREPARATION, READY),
    label=r.label,
    zone=r.zone,
)
