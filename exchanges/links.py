"""Where things of an exchange are done: addresses down to the field, for the to-do page, mails and checklists.

Everything is taken as it comes (`Any`): requirements and models refer to these, and stand above them.
"""

from typing import Any

from django.urls import reverse

from cxc.core.links import path_of
from cxc.workflow.batch import prefetched
from cxc.workflow.fix import field, first_gap
from exchanges.enums import CONFIRMED_STATES

STAY = ("agreed_start", "agreed_end", "agreed_lump_sum", "sector_id")
_FORM_FIELDS = dict(zip(STAY, ("start", "end", "lump_sum", "sector"), strict=True))


def form(name: str, pk: int, field_name: str = "") -> str:
    """The address of a form of an exchange or a visit, with the field in which to begin."""
    return field(reverse(name, args=[pk]), field_name)


# --- building ----------------------------------------------------------------------------------------


def plan(exchange: Any, name: str = "start") -> str:
    return form("exchange_plan", exchange.pk, name)


def preparation(exchange: Any) -> str:
    """What its plan lacks, else the step itself."""
    return path_of(exchange, "state") if exchange.type_id else plan(exchange, "type")


def agreed_figures(exchange: Any, name: str = "") -> str:
    """The agreed figures, with the first that is missing."""
    needed = [one for one in STAY if exchange.is_physical or one != "agreed_lump_sum"]
    gap = first_gap(exchange, needed)
    return form("exchange_agreed", exchange.pk, name or _FORM_FIELDS.get(gap, "start"))


def ceiling(exchange: Any) -> str:
    return form("exchange_ceiling", exchange.pk, "ceiling")


def cancellation(exchange: Any) -> str:
    return path_of(exchange, "cancel")


# --- documents --------------------------------------------------------------------------------------------


def own_part(part: Any) -> str:
    return form("own_edit", part.exchange_id, first_gap(part, part.NEEDED) or "objectives")


def shared_part(part: Any) -> str:
    """The first text that is missing; with all of them there, the agenda where it has no item.

    Asks for exchanges and agenda of its visit.
    """
    visit = prefetched(part, "visit__exchanges").visit
    coming = [one for one in visit.exchanges.all() if one.state in CONFIRMED_STATES]
    gap = first_gap(part, part.NEEDED_OF_SEVERAL if len(coming) > 1 else part.NEEDED)
    if gap:
        return form("shared_edit", part.visit_id, gap)
    has_agenda = prefetched(part, "visit__agenda_items").visit.agenda_items.all()
    return path_of(part) if has_agenda else form("agenda_edit", part.visit_id)


def agreement(agreement: Any) -> str:
    return form("agreement_edit", agreement.exchange_id, next(iter(agreement.missing_bank_details()), "payee"))


def amount(agreement: Any) -> str:
    return form("agreement_amount", agreement.exchange_id, "amount")


def signing(version: Any) -> str:
    """Where a version of a document is read and signed."""
    return reverse("document_sign", args=[version.pk])


def team(body: Any) -> str:
    """Where an organisation or a Partnership names who may sign for it."""
    return reverse("team", kwargs={"kind": f"{body._meta.model_name}s", "pk": body.pk})


def allowing_one_signatory(exchange: Any) -> str:
    return reverse("transition", args=["exchanges.exchange", exchange.pk, "allow_one_signatory"]) + "#reason"


def validation_of_shared(part: Any) -> str:
    """Shared part, own parts and agreements of a visit on one screen; the one that is asked for in sight."""
    return _validation(part.visit_id, "shared")


def validation_of_own(part: Any) -> str:
    return _validation(part.exchange.visit_id, f"own-{part.pk}")


def validation_of_agreement(agreement: Any) -> str:
    return _validation(agreement.exchange.visit_id, f"fa-{agreement.pk}")


def _validation(visit_id: int, anchor: str) -> str:
    return f"{reverse('validation_visit', args=[visit_id])}#{anchor}"


# --- the stay and after ----------------------------------------------------------------------------------


def actual_figures(exchange: Any) -> str:
    return form("exchange_actual", exchange.pk, "end")


def evidence(exchange: Any) -> str:
    return form("evidence_upload", exchange.pk, "kind")


def report(exchange: Any) -> str:
    """The first answer that is missing; with all of them there, where it is submitted."""
    found = exchange.report_or_none
    gap = first_gap(found, found.COMPULSORY) if found else ""
    return form("report_edit", exchange.pk, gap) if gap else path_of(exchange, "far")


def evidence_decision(evidence: Any) -> str:
    """Where a piece of evidence is read and answered."""
    return form("evidence_decision", evidence.pk)


def report_decision(report: Any) -> str:
    """Where a report is read and answered."""
    return form("report_decision", report.pk)


def payable(exchange: Any) -> str:
    return form("exchange_payable", exchange.pk, "amount")


def payment(thing: Any) -> str:
    return form("payment_pay", thing.exchange_id, "paid_on")


def feedback(exchange: Any) -> str:
    return form("feedback_give", exchange.pk, "rating")


def recorded_submission(thing: Any) -> str:
    return form("recorded_submission_again", thing.pk, "source")


# --- visits ----------------------------------------------------------------------------------------------


def visit_dates(visit: Any, name: str = "first_day") -> str:
    return form("visit_dates", visit.pk, name)


def opening(visit: Any, name: str = "outline") -> str:
    return form("visit_opening", visit.pk, name)


def setting_back(exchange: Any) -> str:
    """Where a ready exchange is set back to preparation, with the reason."""
    return reverse("transition", args=["exchanges.exchange", exchange.pk, "back_to_preparation"]) + "#reason"
