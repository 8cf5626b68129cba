"""A payment comes about when the documents are in, follows them while it is due, and is paid, also in instalments."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from cxc import clock
from cxc.core.models import HolidayChange
from cxc.workflow import NotAllowed, ReasonMissing, RequirementsUnmet, WrongState, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Evidence, Exchange, FinalActivityReport, Payment
from profiles.queries.principals import actor_of
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import completion, lifecycle
from tests.scenarios.completion import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


def fresh(exchange: Exchange) -> Exchange:
    return Exchange.objects.get(pk=exchange.pk)


def payment_of(exchange: Exchange) -> Payment | None:
    return fresh(exchange).payment_or_none


@pytest.mark.parametrize("last", ["report", "payable", "evidence"])
def test_it_comes_about_with_the_last_of_three(parties: Parties, last: str) -> None:
    exchange = lifecycle.ongoing(parties)
    steps: dict[str, Callable[[], object]] = {
        "report": lambda: completion.report_accepted(parties, exchange),
        "payable": lambda: perform(fresh(exchange), "accept_payable", by=parties.vop_coordinator),
        "evidence": lambda: completion.submitted_evidence(exchange, parties.vo),
    }
    with clock.at(AFTER):
        for name in [*(name for name in steps if name != last), last]:
            assert payment_of(exchange) is None
            steps[name]()
    payment = payment_of(exchange)
    # Ten working days after 1 October 2026; 12 October is a holiday in Spain.
    assert payment is not None
    assert (payment.state, payment.amount, payment.due_on) == ("due", Decimal("415.00"), date(2026, 10, 16))


def test_due_by_the_calendar_of_the_seat(parties: Parties) -> None:
    HolidayChange.objects.create(country_code="ES", day=date(2026, 10, 2), note="A strike day")
    HolidayChange.objects.create(country_code="BE", day=date(2026, 10, 5), note="Not the seat's")
    assert payment_of(completion.completed(parties)).due_on == date(2026, 10, 19)


def test_it_follows_the_evidence_while_it_is_due(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER + 4 * DAY):
        completion.submitted_evidence(exchange, parties.ho, "host_letter")
    assert payment_of(exchange).due_on == date(2026, 10, 20)
    assert [e.transition for e in StateEvent.of(payment_of(exchange))] == ["create", "update_amount"]


def test_it_follows_the_payable_amount_while_it_is_due(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        perform(exchange, "accept_payable", by=parties.vop_coordinator, amount=Decimal(300), why="A room was shared.")
    assert payment_of(exchange).amount == Decimal(300)


def test_after_a_correction_it_waits_for_the_amount(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        days = {"start": lifecycle.FIRST, "end": lifecycle.LAST, "days_off": {lifecycle.LAST: "Ill"}}
        perform(exchange, "correct_actual", by=parties.vop_coordinator, reason="Ill.", **days)
        payment = payment_of(exchange)
        assert (payment.state, payment.amount) == ("due", Decimal("415.00"))
        with pytest.raises(RequirementsUnmet, match="again first"):
            completion.pay(payment, parties.vop_coordinator)
        perform(exchange, "accept_payable", by=parties.so, amount=Decimal(100), why="Two days only.")
        assert completion.pay(payment_of(exchange), parties.vop_coordinator).paid_amount == Decimal(100)


def test_nothing_payable_means_no_payment(parties: Parties) -> None:
    exchange = completion.completed(parties)
    pk = payment_of(exchange).pk
    with clock.at(AFTER):
        perform(
            exchange,
            "accept_payable",
            by=parties.vop_coordinator,
            amount=Decimal(0),
            why="The visitor asks for nothing.",
        )
    assert payment_of(exchange) is None
    events = StateEvent.objects.filter(kind="exchanges.payment", thing_id=pk)
    assert list(events.values_list("transition", "to_state")) == [("create", "due"), ("withdraw", "deleted")]


def test_closed_without_report_nothing_is_paid(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        perform(exchange, "close_unpaid", by=parties.so, reason="The papers were forged.")
    assert (exchange.state, exchange.payable, payment_of(exchange)) == ("closed", Decimal(0), None)


def test_an_undone_start_withdraws_it(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        perform(exchange, "undo_start", by=parties.so, reason="Nobody came.")
    assert (exchange.state, exchange.payable, payment_of(exchange)) == ("preparation", None, None)


def test_a_cancelled_exchange_still_owes_what_was_due(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        perform(exchange, "cancel_ongoing", by=parties.so, reason="A quarrel.")
        assert completion.pay(payment_of(exchange), parties.vop_coordinator).state == "paid"


def test_a_virtual_exchange_closes_without_payment(parties: Parties) -> None:
    exchange = completion.closed(parties, "virtual")
    assert (exchange.state, payment_of(exchange), exchange.payable) == ("closed", None, None)


# --- paying ------------------------------------------------------------------------------------------


def test_paid_with_day_amount_and_reference(parties: Parties) -> None:
    payment = completion.paid(parties)
    assert (payment.state, payment.paid_on, payment.paid_amount) == ("paid", AFTER.date(), Decimal("415.00"))
    assert payment.references == "Transfer 1"


def test_what_cannot_be_paid(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    with clock.at(AFTER):
        for fields, sentence in (
            ({"paid_on": AFTER.date() + DAY}, "still to come"),
            ({"paid_on": date(1906, 10, 1)}, "payment arose then"),
            ({"paid_on": AFTER.date() - DAY}, "payment arose then"),
            ({"amount": Decimal("415.01")}, "EUR 415.00 that are still due"),
            ({"amount": Decimal(0)}, "EUR 415.00 that are still due"),
            ({"reference": " "}, "reference"),
        ):
            with pytest.raises(RequirementsUnmet, match=sentence):
                completion.pay(payment, parties.vop_coordinator, **fields)
    payment.refresh_from_db()
    assert (payment.state, payment.paid_on) == ("due", None)


HALF_PAST_MIDNIGHT_IN_MADRID = datetime(2026, 10, 1, 22, 30, tzinfo=UTC)


def test_today_is_the_seats(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    with clock.at(HALF_PAST_MIDNIGHT_IN_MADRID):
        assert completion.pay(payment, parties.so, paid_on=date(2026, 10, 2)).state == "paid"


def test_it_is_paid_in_instalments_until_nothing_is_left(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    states = []
    with clock.at(AFTER + 5 * DAY):
        for day, amount in ((4, 1), (0, 200), (5, 214)):
            completion.pay(payment, parties.vop_coordinator, paid_on=AFTER.date() + day * DAY, amount=Decimal(amount))
            states.append((payment.state, payment.amount_due, payment.paid_on.day))
        assert states == [("due", 414, 5), ("due", 214, 5), ("paid", 0, 6)]
        assert [one.amount for one in payment.instalments.all()] == [200, 1, 214]
        with pytest.raises(WrongState):
            completion.pay(payment, parties.vop_coordinator, amount=Decimal(1))
    assert [(e.transition, e.to_state) for e in StateEvent.of(payment)][1:] == [
        ("pay", "due"),
        ("pay", "due"),
        ("pay", "paid"),
    ]


def test_an_instalment_is_at_most_what_is_left(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    with clock.at(AFTER):
        completion.pay(payment, parties.vop_coordinator, amount=Decimal(300))
        with pytest.raises(RequirementsUnmet, match=r"EUR 115\.00 that are still due"):
            completion.pay(payment, parties.vop_coordinator, amount=Decimal("115.01"))
    assert payment_of(payment.exchange).paid_amount == 300


def test_the_support_office_takes_back_one_instalment(parties: Parties) -> None:
    payment = completion.completed(parties).payment
    with clock.at(AFTER):
        for amount in (400, 15):
            completion.pay(payment, parties.vop_coordinator, amount=Decimal(amount))
        known = {"instalment": payment.instalments.get(amount=400).pk, "reason": "It was 40."}
        with pytest.raises(NotAllowed):
            perform(payment, "take_back_instalment", by=parties.vop_coordinator, **known)
        perform(payment, "take_back_instalment", by=parties.so, **known)
        assert (payment.state, payment.amount_due, payment.paid_on) == ("due", 400, AFTER.date())
        with pytest.raises(RequirementsUnmet, match="an instalment of this payment"):
            perform(payment, "take_back_instalment", by=parties.so, **known)


def test_a_part_that_is_paid_stands_in_the_way_of_another_amount(parties: Parties) -> None:
    exchange = completion.completed(parties)
    with clock.at(AFTER):
        completion.pay(payment_of(exchange), parties.vop_coordinator, amount=Decimal(300))
        for transition, facts in (("accept_payable", {"amount": Decimal(200), "why": "Less."}), ("undo_start", {})):
            with pytest.raises(RequirementsUnmet, match="set the payment back"):
                perform(fresh(exchange), transition, by=parties.so, reason="A mistake.", **facts)
        completion.submitted_evidence(exchange, parties.vo)  # further evidence is taken until all is paid


def refusal_of(write: Callable[[], object]) -> str:
    """What the database says to it, at the latest at the end of the transaction."""
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
    except IntegrityError as error:
        return str(error)
    return ""


def test_the_database_keeps_what_is_paid_and_its_instalments_equal(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    day: dict[str, object] = {"paid_on": AFTER.date()}
    written = [day | {"paid_amount": 416}, day | {"paid_amount": 415}, day | {"paid_amount": 100}, {"paid_amount": 100}]
    rows = Payment.objects.filter(pk=payment.pk)
    refusals = [refusal_of(partial(rows.update, **values)) for values in written]
    guards = ("paid_when_in_full", "paid_when_in_full", "what is paid is the sum", "paid_with_its_day")
    assert [guard in said for guard, said in zip(guards, refusals, strict=True)] == [True] * 4
    more = {"paid_on": AFTER.date(), "amount": Decimal(1), "reference": "By hand"}
    assert "what is paid is the sum" in refusal_of(lambda: payment.instalments.create(**more))


def test_who_pays(parties: Parties) -> None:
    payment = payment_of(completion.completed(parties))
    with clock.at(AFTER):
        for actor in (parties.vo, parties.ho, parties.hop_coordinator):
            with pytest.raises(NotAllowed):
                completion.pay(payment, actor)
        people.add_member(parties.visitor, parties.vop_coordinator)
        with pytest.raises(RequirementsUnmet, match="you belong to"):
            completion.pay(payment, actor_of(parties.vop_coordinator.user, f"partnership-{parties.vop.pk}"))
        assert completion.pay(payment, parties.so).state == "paid"


def test_what_is_paid_stands_until_the_payment_is_set_back(parties: Parties) -> None:
    payment = completion.paid(parties)
    exchange = fresh(payment.exchange)
    with clock.at(AFTER):
        perform(exchange, "reopen", by=parties.so, reason="A mistake.")
        figures = {"start": lifecycle.FIRST, "end": lifecycle.LAST, "days_off": {lifecycle.LAST: "Ill"}}
        for transition, facts in (
            ("correct_actual", figures),
            ("accept_payable", {}),
            ("close_unpaid", {}),
            ("undo_start", {}),
        ):
            with pytest.raises(RequirementsUnmet, match="set the payment back"):
                perform(exchange, transition, by=parties.so, reason="A mistake.", **facts)
        with pytest.raises(ReasonMissing):
            perform(payment, "unpay", by=parties.so)
        perform(payment, "unpay", by=parties.so, reason="Came back.")
        assert (payment.state, payment.paid_on, payment.paid_amount, payment.references) == ("due", None, 0, "")
        perform(exchange, "correct_actual", by=parties.so, reason="A mistake.", **figures)


# --- evidence and report -------------------------------------------------------------------------------


def test_who_hands_in_what(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    assert completion.submitted_evidence(exchange, parties.vo).uploaded_side == "vo"
    assert completion.submitted_evidence(exchange, parties.vop_coordinator, "boarding").uploaded_side == "vop"
    letter = completion.submitted_evidence(exchange, parties.ho, "host_letter")
    with pytest.raises(RequirementsUnmet, match="a letter of your organisation"):
        completion.submitted_evidence(exchange, parties.ho)
    with pytest.raises(NotAllowed):
        completion.submitted_evidence(exchange, parties.hop_coordinator)
    assert list(Evidence.visible_host_letters(parties.ho, exchange)) == [letter]
    assert not Evidence.objects.visible_to(parties.ho).exists()


def test_evidence_after_the_close_until_paid(parties: Parties) -> None:
    exchange = completion.closed(parties)
    with clock.at(AFTER):
        late = completion.submitted_evidence(exchange, parties.vo)
        perform(late, "send_back", by=parties.vop_coordinator, reason="Not legible.")
        accepted = Evidence.objects.get(state="accepted")
        with pytest.raises(RequirementsUnmet, match="another piece of evidence first"):
            perform(accepted, "send_back", by=parties.so, reason="Not legible.")
        completion.pay(payment_of(exchange), parties.vop_coordinator)
        with pytest.raises(RequirementsUnmet, match="if the exchange is paid"):
            completion.submitted_evidence(exchange, parties.vo)


def test_the_report_waits_for_the_end(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER - DAY), pytest.raises(RequirementsUnmet, match="Wait until the exchange has ended on"):
        completion.report_submitted(parties, exchange)


def test_the_partnership_answers_the_report_first(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        report = completion.report_submitted(parties, exchange)
    # Five Spanish working days after Thursday 1 October: 8 October.
    with clock.at(AFTER + 7 * DAY), pytest.raises(RequirementsUnmet, match="can too"):
        perform(report, "accept", by=parties.so)
    with clock.at(AFTER + 8 * DAY):
        assert perform(report, "accept", by=parties.so).state == "accepted"


def test_with_a_conflict_of_interest_the_support_office_does_not_wait(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    people.add_member(parties.visitor, parties.vop_coordinator)
    with clock.at(AFTER):
        report = completion.report_submitted(parties, exchange)
        with pytest.raises(RequirementsUnmet, match="you belong to"):
            perform(report, "accept", by=actor_of(parties.vop_coordinator.user, f"partnership-{parties.vop.pk}"))
        assert perform(report, "accept", by=parties.so).accepted_by_label == "Support Office"


def test_submitted_for_the_visitor_with_reason_and_file(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    report = FinalActivityReport.objects.get(exchange=exchange)
    with clock.at(AFTER):
        perform(report, "edit", by=parties.vop_coordinator, version_read=report.row_version, fields=completion.REPORT)
        perform(report, "submit_for_visitor", by=parties.vop_coordinator, reason="Sent by post.", file=lifecycle.scan())
    assert (report.state, report.handed_in_file is None) == ("submitted", False)


def test_without_a_file_it_is_not_submitted_for_the_visitor(parties: Parties) -> None:
    report = FinalActivityReport.objects.get(exchange=lifecycle.ongoing(parties))
    with clock.at(AFTER):
        perform(report, "edit", by=parties.so, version_read=report.row_version, fields=completion.REPORT)
        with pytest.raises(RequirementsUnmet) as refusal:
            perform(report, "submit_for_visitor", by=parties.so, reason="Sent by post.")
        assert [gap.name for gap in refusal.value.unmet] == ["report_has_source_file"]


def test_an_accepted_report_returned_and_accepted_anew_moves_the_due_day(parties: Parties) -> None:
    exchange = completion.completed(parties)
    report = FinalActivityReport.objects.get(exchange=exchange)
    with clock.at(AFTER + 5 * DAY):
        perform(report, "return_accepted", by=parties.so, reason="Names are missing.")
        assert payment_of(exchange).due_on == date(2026, 10, 16)
        perform(report, "submit", by=parties.vo)
        perform(report, "accept", by=parties.vop_coordinator)
    assert payment_of(exchange).due_on == date(2026, 10, 21)


def test_nothing_moves_backwards_unasked(parties: Parties) -> None:
    exchange = completion.closed(parties)
    with clock.at(AFTER), pytest.raises(WrongState):
        perform(
            exchange,
            "correct_actual",
            by=parties.so,
            reason="Late.",
            start=lifecycle.FIRST,
            end=lifecycle.LAST,
            days_off={},
        )
