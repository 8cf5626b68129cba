"""What a Final Activity Report requires, and each piece of evidence of a stay."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.models import SchemeSettings
from cxc.workflow.fix import Fix, first_gap
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Reads, TransitionContext, requirement
from exchanges import fixes, links
from exchanges.enums import EvidenceKind, EvidenceState, ExchangeState, PaymentState
from exchanges.requirements.money import partnership_has_a_conflict
from exchanges.rules.money import seat_day_after
from profiles.deadlines import seat_date


def _first_answer_missing(report: Any) -> str:
    return links.form("report_edit", report.exchange_id, first_gap(report, report.COMPULSORY) or "activities")


@requirement(
    gettext_lazy("The report is filled in."),
    otherwise=gettext_lazy("Answer everything that the report asks for."),
    fix=by_transitions("edit", page=_first_answer_missing),
)
def report_complete(context: TransitionContext) -> object:
    gaps = [label for name, label in context.thing.COMPULSORY.items() if not getattr(context.thing, name)]
    return not gaps or _("Fill in what is missing: %(what)s.") % {"what": ", ".join(str(gap) for gap in gaps)}


@requirement(
    gettext_lazy("A report submitted for the visitor has the document or mail that it comes from attached."),
    otherwise=gettext_lazy("Attach the document or mail from which the report comes."),
    fix=by_transitions(
        "submit_for_visitor", page=lambda report: links.form("report_submit_for", report.exchange_id, "file")
    ),
    reads=Reads.INPUT,
)
def report_has_source_file(context: TransitionContext) -> bool:
    return context.thing.handed_in_file_id is not None or "file" in context.facts


@requirement(
    gettext_lazy("The visitor's Partnership answers first; the Support Office too when its days for it are over."),
    otherwise=gettext_lazy("Wait for the visitor's Partnership: the Support Office can answer when its days are over."),
)
def so_may_answer(context: TransitionContext) -> object:
    """Without waiting where the Partnership has a conflict of interest."""
    report = context.thing
    if report.submitted_at is None or context.is_recorded or partnership_has_a_conflict(report):
        return True
    vop, days = report.exchange.vop, SchemeSettings.current().far_answer_working_days
    until = seat_day_after(vop, seat_date(vop, report.submitted_at), days)
    return seat_date(vop, context.now) > until or _(
        "Wait for %(partnership)s: it has until %(day)s to answer; after that the Support Office can too."
    ) % {"partnership": vop, "day": date_format(until)}


@requirement(
    gettext_lazy("The exchange is ongoing, or closed and not yet paid."),
    otherwise=gettext_lazy(
        "Wait until the exchange is ongoing, or leave the evidence as it is if the exchange is paid."
    ),
)
def evidence_can_be_handed_in(context: TransitionContext) -> bool:
    exchange = context.thing.exchange
    if exchange.state == ExchangeState.ONGOING:
        return True
    payment = exchange.payment_or_none
    is_paid = payment is not None and payment.state == PaymentState.PAID
    return exchange.state == ExchangeState.CLOSED and not is_paid


@requirement(
    gettext_lazy("A closed exchange for which something is payable keeps an accepted piece of evidence."),
    otherwise=gettext_lazy("Hand in and accept another piece of evidence first: a closed exchange keeps one."),
    fix=Fix(lambda context: fixes.handing_in(context.thing.exchange)),
)
def still_evidenced(context: TransitionContext) -> bool:
    """What closing required stays required."""
    exchange = context.thing.exchange
    if exchange.state != ExchangeState.CLOSED or not exchange.payable or exchange.is_recorded:
        return True
    return bool(exchange.evidence.filter(state=EvidenceState.ACCEPTED).exclude(pk=context.thing.pk).exists())


@requirement(
    gettext_lazy("A host organisation hands in its own letter only."),
    otherwise=gettext_lazy("Hand in a letter of your organisation: as a host you hand in nothing else."),
    reads=Reads.INPUT,
)
def hosts_own_letter(context: TransitionContext) -> bool:
    return bool(context.thing.kind == EvidenceKind.HOST_LETTER)


@requirement(
    gettext_lazy("Whoever accepts a piece of evidence has opened its file."),
    otherwise=gettext_lazy("Open the file before you accept it."),
    fix=by_transitions("accept", page=links.evidence_decision),
    reads=Reads.ACTOR,
)
def evidence_opened(context: TransitionContext) -> bool:
    """The portal keeps who has opened it, and when."""
    return context.is_recorded or bool(context.thing.openings.filter(user=context.actor.user).exists())
