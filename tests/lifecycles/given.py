"""What each move is given in the tables, so that they tell who may, not what was forgotten."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from exchanges.services import agenda
from profiles.models import ExchangeType, Sector
from tests.factories import people
from tests.factories.parties import Parties
from tests.lifecycles.outcomes import Given
from tests.scenarios.completion import AFTER
from tests.scenarios.lifecycle import FIRST, IBAN, LAST, NOW, OWN_TEXTS, SHARED_TEXTS, agenda_lines, scan
from tests.scenarios.open_visits import OPENING

Givens = Mapping[str, Given]
AFTER_THE_START = NOW + timedelta(days=21)


def of_profile(profile: Any, c: Parties) -> Givens:
    edit = {"version_read": profile.row_version, "fields": {"title": "New"}}
    after_participation = NOW + timedelta(days=3650)
    return {
        "edit": Given(edit),
        "edit_published": Given(edit),
        "choose_partnership": Given({"partnership": c.vop}),
        "change_identity": Given({"changes": {"kind": "sme"}}),
        "reassign": Given({"partnership": people.partnership()}),
        "archive_at_the_end": Given({}, after_participation),
        "delete_for_good": Given({}, after_participation),
    }


def of_match(match: Any, _c: Parties) -> Givens:
    outside = {"on": NOW.date(), "how": "By telephone."}
    return {
        "visitor_yes_outside": Given(outside),
        "host_yes_outside": Given(outside),
        "expire": Given({}, NOW + timedelta(days=22)),
    }


def of_exchange(exchange: Any, _c: Parties) -> Givens:
    plan = {"start": FIRST, "end": LAST, "type": ExchangeType.objects.first()}
    return {
        "edit_planned": Given(plan),
        "edit_planned_in_preparation": Given(plan),
        "set_agreed": Given(
            {"start": FIRST, "end": LAST, "sector": Sector.objects.first(), "lump_sum": Decimal("400.00")}
        ),
        "raise_ceiling": Given({"ceiling": Decimal("900.00")}),
        "set_ready_late": Given({}, AFTER_THE_START),
        "start_it": Given({}, AFTER_THE_START),
        "correct_actual": Given({"start": FIRST, "end": LAST, "days_off": {}}, AFTER),
        "accept_payable": Given({}, AFTER),
        "close": Given({}, AFTER),
        "close_unpaid": Given({}, AFTER),
    }


def of_visit(_visit: Any, c: Parties) -> Givens:
    return {
        "edit_frame": Given({"fields": {"last_day": LAST + timedelta(days=2)}}),
        "hand_over": Given({"partnership": c.hop}),
        "open_to_visitors": Given(OPENING),
        "change_opening": Given(OPENING | {"outline": "Looms."}),
    }


def of_part(part: Any, _c: Parties) -> Givens:
    """A part of the CTQ, filled in to the end so that only the right is asked."""
    for name, value in (SHARED_TEXTS | OWN_TEXTS).items():
        if hasattr(part, name) and not getattr(part, name):
            setattr(part, name, value)
    part.save()
    return {"edit": Given({"version_read": part.row_version, "fields": {}}), "remark": Given({"text": "Well."})}


def of_shared(part: Any, c: Parties) -> Givens:
    if not part.visit.agenda_items.exists():
        agenda.save_agenda(part, agenda_lines(part.visit), by=c.ho, version_read=part.row_version)
        part.refresh_from_db()
    return of_part(part, c)


def of_agreement(part: Any, _c: Parties) -> Givens:
    part.iban = part.iban or IBAN
    part.save()
    return {
        "edit": Given({"version_read": part.row_version, "fields": {"payee": "Somebody"}}),
        "set_amount": Given({"amount": Decimal("400.00")}),
    }


def of_report(report: Any, _c: Parties) -> Givens:
    so_turn = AFTER + timedelta(days=14)
    return {
        "edit": Given({"version_read": report.row_version, "fields": {"contacts": "Three."}}),
        "submit": Given({}, AFTER),
        "submit_for_visitor": Given({"file": scan()}, AFTER),
        "accept": Given({}, so_turn),
        "send_back": Given({}, so_turn),
    }


def of_payment(payment: Any, _c: Parties) -> Givens:
    last = payment.instalments.last()
    return {
        "take_back_instalment": Given({"instalment": last.pk if last else 0}),
        "follow": Given({"amount": Decimal("100.00"), "due_on": LAST}),
        "pay": Given({"paid_on": AFTER.date(), "amount": payment.amount, "reference": "Bank 1"}, AFTER),
    }


def of_entry(entry: Any, _c: Parties) -> Givens:
    return {"submit_again": Given({"payload": entry.payload, "source": entry.source})}


def of_question(_request: Any, _c: Parties) -> Givens:
    long_after = NOW + timedelta(days=40)
    return {"close_by_itself": Given({}, long_after), "drop": Given({}, long_after)}


def nothing(_thing: Any, _c: Parties) -> Givens:
    return {}


GIVEN: Mapping[str, Callable[[Any, Parties], Givens]] = {
    "profile": of_profile,
    "match": of_match,
    "visit": of_visit,
    "waitingplace": nothing,
    "exchange": of_exchange,
    "sharedpart": of_shared,
    "ownpart": of_part,
    "financialagreement": of_agreement,
    "finalactivityreport": of_report,
    "evidence": nothing,
    "payment": of_payment,
    "recordedentry": of_entry,
    "helprequest": of_question,
}
