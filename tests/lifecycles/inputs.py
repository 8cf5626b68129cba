"""What each transition is given in the tables, so that they tell who may, not what was forgotten."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from exchanges.models import DocumentOpening
from exchanges.rules.visit_move import Days
from exchanges.services import agenda
from profiles.models import ExchangeType, Sector, User
from tests.factories import people
from tests.factories.parties import Parties
from tests.lifecycles.outcomes import TransitionInput
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import FIRST, IBAN, LAST, NOW, OWN_TEXTS, SHARED_TEXTS, agenda_lines, scan
from tests.scenarios.open_visits import OPENING

Inputs = Mapping[str, TransitionInput]
AFTER_THE_START = NOW + timedelta(days=21)


def of_profile(profile: Any, parties: Parties) -> Inputs:
    edit = {"version_read": profile.row_version, "fields": {"title": "New"}}
    after_participation = NOW + timedelta(days=3650)
    return {
        "edit": TransitionInput(edit),
        "edit_published": TransitionInput(edit),
        "choose_partnership": TransitionInput({"partnership": parties.vop}),
        "change_identity": TransitionInput({"changes": {"kind": "sme"}}),
        "reassign": TransitionInput({"partnership": people.partnership()}),
        "archive_after_participation": TransitionInput({}, after_participation),
        "delete_for_good": TransitionInput({}, after_participation),
    }


def of_match(match: Any, _parties: Parties) -> Inputs:
    outside = {"on": NOW.date(), "how": "By telephone."}
    return {
        "visitor_yes_outside": TransitionInput(outside),
        "host_yes_outside": TransitionInput(outside),
        "expire": TransitionInput({}, NOW + timedelta(days=22)),
    }


def of_exchange(exchange: Any, _parties: Parties) -> Inputs:
    plan = {"start": FIRST, "end": LAST, "type": ExchangeType.objects.first()}
    days = Days(FIRST, LAST)
    moved = TransitionInput({"visit": exchange.visit, "planned": days, "agreed": days})
    return {
        "move_draft": moved,
        "move_in_preparation": moved,
        "edit_planned": TransitionInput(plan),
        "edit_planned_in_preparation": TransitionInput(plan),
        "set_agreed": TransitionInput(
            {"start": FIRST, "end": LAST, "sector": Sector.objects.first(), "lump_sum": Decimal("400.00")}
        ),
        "raise_ceiling": TransitionInput({"ceiling": Decimal("900.00")}),
        "set_ready_late": TransitionInput({}, AFTER_THE_START),
        "begin_stay": TransitionInput({}, AFTER_THE_START),
        "correct_actual": TransitionInput({"start": FIRST, "end": LAST, "days_off": {}}, AFTER),
        "accept_payable": TransitionInput({}, AFTER),
        "close": TransitionInput({}, AFTER),
        "close_unpaid": TransitionInput({}, AFTER),
    }


def of_visit(_visit: Any, parties: Parties) -> Inputs:
    return {
        "change_dates": TransitionInput({"fields": {"last_day": LAST + timedelta(days=2)}}),
        "move_days": TransitionInput({"first_day": FIRST + timedelta(days=7), "last_day": LAST + timedelta(days=7)}),
        "hand_over": TransitionInput({"partnership": parties.hop}),
        "open_to_visitors": TransitionInput(OPENING),
        "change_opening": TransitionInput(OPENING | {"outline": "Looms."}),
    }


def of_part(part: Any, parties: Parties) -> Inputs:
    """A part of the CTQ, filled in to the end so that only the right is asked."""
    for name, value in (SHARED_TEXTS | OWN_TEXTS).items():
        if hasattr(part, name) and not getattr(part, name):
            setattr(part, name, value)
    part.save()
    return {
        "edit": TransitionInput({"version_read": part.row_version, "fields": {}}),
        "remark": TransitionInput({"text": "Well."}),
        "pass_on": TransitionInput({"colleague": parties.vo.user.pk}),
    }


def of_shared(part: Any, parties: Parties) -> Inputs:
    if not part.visit.agenda_items.exists():
        agenda.save_agenda(part, agenda_lines(part.visit), by=parties.ho, version_read=part.row_version)
        part.refresh_from_db()
    return of_part(part, parties)


def of_agreement(part: Any, parties: Parties) -> Inputs:
    part.iban = part.iban or IBAN
    part.save()
    return {
        "edit": TransitionInput({"version_read": part.row_version, "fields": {"payee": "Somebody"}}),
        "set_amount": TransitionInput({"amount": Decimal("400.00")}),
        "pass_on": TransitionInput({"colleague": parties.vo.user.pk}),
    }


def of_report(report: Any, _parties: Parties) -> Inputs:
    so_turn = AFTER + timedelta(days=14)
    return {
        "edit": TransitionInput({"version_read": report.row_version, "fields": {"contacts": "Three."}}),
        "submit": TransitionInput({}, AFTER),
        "submit_for_visitor": TransitionInput({"file": scan()}, AFTER),
        "accept": TransitionInput({}, so_turn),
        "send_back": TransitionInput({}, so_turn),
    }


def of_evidence(evidence: Any, _parties: Parties) -> Inputs:
    """Everybody has opened its file."""
    DocumentOpening.objects.bulk_create(  # state: openings have none
        DocumentOpening(evidence=evidence, user=user)
        for user in User.objects.exclude(pk__in=evidence.openings.values("user"))
    )
    return {}


def of_payment(payment: Any, _parties: Parties) -> Inputs:
    last = payment.instalments.last()
    return {
        "take_back_instalment": TransitionInput({"instalment": last.pk if last else 0}),
        "update_amount": TransitionInput({"amount": Decimal("100.00"), "due_on": LAST}),
        "pay": TransitionInput({"paid_on": AFTER.date(), "amount": payment.amount, "reference": "Bank 1"}, AFTER),
    }


def of_entry(entry: Any, _parties: Parties) -> Inputs:
    return {"submit_again": TransitionInput({"payload": entry.payload, "source": entry.source})}


def of_question(_request: Any, _parties: Parties) -> Inputs:
    long_after = NOW + timedelta(days=40)
    return {"close_as_system": TransitionInput({}, long_after), "delete_unconfirmed": TransitionInput({}, long_after)}


def nothing(_thing: Any, _parties: Parties) -> Inputs:
    return {}


INPUTS: Mapping[str, Callable[[Any, Parties], Inputs]] = {
    "profile": of_profile,
    "match": of_match,
    "visit": of_visit,
    "visitmove": nothing,
    "visitmoveconsent": nothing,
    "waitinglistentry": nothing,
    "exchange": of_exchange,
    "sharedpart": of_shared,
    "ownpart": of_part,
    "financialagreement": of_agreement,
    "finalactivityreport": of_report,
    "evidence": of_evidence,
    "payment": of_payment,
    "recordedsubmission": of_entry,
    "helprequest": of_question,
}
