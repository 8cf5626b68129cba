"""Where things of an exchange are done: addresses down to the field, for the to-do page, mails and checklists."""

from typing import Any

from django.urls import reverse

from cxc.core.links import path_of
from cxc.workflow.mending import field, first_gap
from exchanges.enums import CONFIRMED_STATES
from exchanges.models import (
    Exchange,
    FinalActivityReport,
    FinancialAgreement,
    OwnPart,
    Payment,
    RecordedSubmission,
    SharedPart,
    Visit,
)
from profiles.models import Organisation, Partnership

STAY = ("agreed_start", "agreed_end", "agreed_lump_sum", "sector_id")
_FORM_FIELDS = dict(zip(STAY, ("start", "end", "lump_sum", "sector"), strict=True))


def form(name: str, pk: int, field_name: str = "") -> str:
    """A form that hangs on an exchange or a visit, with the field in which to begin."""
    return field(reverse(name, args=[pk]), field_name)


# --- building ----------------------------------------------------------------------------------------


def plan(exchange: Exchange, name: str = "start") -> str:
    return form("exchange_plan", exchange.pk, name)


def preparation(exchange: Exchange) -> str:
    """What its plan lacks, else the step itself."""
    return path_of(exchange, "state") if exchange.type_id else plan(exchange, "type")


def agreed_figures(exchange: Exchange, name: str = "") -> str:
    """The agreed figures, with the first that is missing."""
    needed = [one for one in STAY if exchange.is_physical or one != "agreed_lump_sum"]
    gap = first_gap(exchange, needed)
    return form("exchange_agreed", exchange.pk, name or _FORM_FIELDS.get(gap, "start"))


def cancellation(exchange: Exchange) -> str:
    return path_of(exchange, "cancel")


# --- documents --------------------------------------------------------------------------------------------


def own_part(part: OwnPart) -> str:
    return form("own_edit", part.exchange_id, first_gap(part, OwnPart.NEEDED) or "objectives")


def shared_part(part: SharedPart) -> str:
    """The first text that is missing; with all of them there, the agenda where it has no item.

    Asks for exchanges and agenda of its visit: prefetch both for many.
    """
    coming = [one for one in part.visit.exchanges.all() if one.state in CONFIRMED_STATES]
    gap = first_gap(part, part.NEEDED_OF_SEVERAL if len(coming) > 1 else part.NEEDED)
    if gap:
        return form("shared_edit", part.visit_id, gap)
    return path_of(part) if part.visit.agenda_items.all() else form("agenda_edit", part.visit_id)


def agreement(agreement: FinancialAgreement) -> str:
    return form("agreement_edit", agreement.exchange_id, next(iter(agreement.missing_bank_details()), "payee"))


def amount(agreement: FinancialAgreement) -> str:
    return form("agreement_amount", agreement.exchange_id, "amount")


def signing(exchange: Exchange) -> str:
    return form("exchange_sign", exchange.pk, "signer")


def team(body: Organisation | Partnership) -> str:
    """Where a body names who may sign for it."""
    return reverse("team", kwargs={"kind": f"{body._meta.model_name}s", "pk": body.pk})


def allowing_one_signatory(exchange: Exchange) -> str:
    return reverse("transition", args=["exchanges.exchange", exchange.pk, "allow_one_signatory"]) + "#reason"


def validation(visit_id: int, part: Any = None) -> str:
    """Shared part, own parts and agreements of a visit on one screen; the one that is asked for in sight."""
    anchor = "shared" if part is None else f"{'own' if isinstance(part, OwnPart) else 'fa'}-{part.pk}"
    return f"{reverse('validation_visit', args=[visit_id])}#{anchor}"


# --- the stay and after ----------------------------------------------------------------------------------


def actual_figures(exchange: Exchange) -> str:
    return form("exchange_actual", exchange.pk, "end")


def evidence(exchange: Exchange) -> str:
    return form("evidence_upload", exchange.pk, "kind")


def report(exchange: Exchange) -> str:
    """The first answer that is missing; with all of them there, where it is submitted."""
    gap = first_gap(exchange.report_or_none, FinalActivityReport.COMPULSORY) if exchange.report_or_none else ""
    if not gap:
        return path_of(exchange, "far")
    return form("report_edit", exchange.pk, gap)


def payable(exchange: Exchange) -> str:
    return form("exchange_payable", exchange.pk, "amount")


def payment(thing: Payment) -> str:
    return form("payment_pay", thing.exchange_id, "paid_on")


def feedback(exchange: Exchange) -> str:
    return form("feedback_give", exchange.pk, "rating")


def recorded_submission(thing: RecordedSubmission) -> str:
    return form("recorded_submission_again", thing.pk, "source")


# --- visits ----------------------------------------------------------------------------------------------


def visit_dates(visit: Visit, name: str = "first_day") -> str:
    return form("visit_dates", visit.pk, name)


def opening(visit: Visit, name: str = "outline") -> str:
    return form("visit_opening", visit.pk, name)
