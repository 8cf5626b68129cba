"""What is owed on the way of an exchange, and how it vanishes step by step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.core.models.scheme import SchemeSettings
from cxc.todo import TodoRow, items_for, reconcile
from cxc.todo.reminders import write_due
from cxc.workflow import perform
from cxc.workflow.deadlines import Deadlines
from exchanges.deadlines import answer_due_on
from exchanges.enums import CTQ_PARTIES, Party
from exchanges.models import DocumentVersion, Exchange
from exchanges.services import evidence_submission
from profiles.enums import Modality
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

AFTER = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)  # two days after the last day of the usual visit
REPORT = {"activities": "A.", "outcomes": "O.", "follow_up": "F.", "satisfaction": 5}


def items(actor: Actor) -> dict[str, TodoRow]:
    return {item.name: item for item in items_for(actor)}


def names(actor: Actor) -> list[str]:
    return sorted(items(actor))


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def over(parties: Parties) -> Iterator[Exchange]:
    """An exchange whose stay is over, two days after its end."""
    exchange = lifecycle.ongoing(parties)
    with clock.at(AFTER):
        yield exchange


def test_the_support_office_validates_shared_part_first_then_own_part_and_agreement(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    shared = lifecycle.submitted_shared_part(parties, exchange.visit)
    lifecycle.submitted_own_part(parties, exchange)
    lifecycle.submitted_agreement(parties, exchange)
    assert names(parties.so) == ["validate_fa", "validate_shared"]
    assert (items(parties.so)["validate_shared"].due, names(parties.ho)) == (date(2026, 9, 14), [])
    perform(shared, "validate", by=parties.so)
    assert names(parties.so) == ["validate_fa", "validate_own"]
    perform(exchange.own_part, "send_back", by=parties.so, reason="Say more.")
    assert names(parties.so) == ["validate_fa"]
    assert "own_part" in names(parties.vo)


def test_the_queue_goes_by_start_then_by_waiting_time(parties: Parties) -> None:
    first = lifecycle.in_preparation(parties)
    later = lifecycle.joined(with_another_visitor(parties), first.visit)
    for moment, exchange in ((8, later), (10, first)):
        with clock.at(lifecycle.NOW.replace(hour=moment)):
            visitor_parties = parties if exchange == first else _parties_of(parties, later)
            lifecycle.submitted_agreement(visitor_parties, exchange)
    queue = [item.thing for item in items_for(parties.so) if item.name == "validate_fa"]
    assert queue == [str(later), str(first)]


def _parties_of(parties: Parties, exchange: Exchange) -> Parties:
    return replace(parties, visitor=exchange.organisation, vo=people.member(exchange.organisation))


def test_each_party_is_asked_to_sign_until_it_has(parties: Parties) -> None:
    exchange = lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    actors = {
        Party.VO: parties.vo,
        Party.HO: parties.ho,
        Party.VOP: parties.vop_coordinator,
        Party.HOP: parties.hop_coordinator,
    }
    for party, actor in actors.items():
        assert f"sign_ctq_{party}" in names(actor)
    version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    lifecycle.sign(parties, version, Party.HO)
    assert names(parties.ho) == []
    lifecycle.sign(parties, version, *CTQ_PARTIES)
    assert [name for actor in actors.values() for name in names(actor) if name.startswith("sign_ctq")] == []
    assert "sign_fa_vo" in names(parties.vo)
    assert items(parties.vo)["sign_fa_vo"].due == date(2026, 9, 27)


def test_a_reader_who_may_sign_is_asked_to_sign_and_nothing_else(parties: Parties) -> None:
    signatory = people.member(parties.visitor, "reader", signs=True)
    lifecycle.validated_documents(parties, lifecycle.in_preparation(parties))
    assert names(signatory) == ["sign_ctq_vo", "sign_fa_vo"]


def test_when_everything_is_there_the_partnership_sets_it_ready(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    assert names(parties.vop_coordinator) == ["agree_figures"]
    lifecycle.set_ready(parties, exchange)
    assert names(parties.vop_coordinator) == []


def test_a_request_to_cancel_waits_for_both_partnerships(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    perform(exchange, "ask_to_cancel", by=parties.ho, reason="Fire.")
    assert (names(parties.vop_coordinator), names(parties.hop_coordinator), names(parties.so)) == (
        ["answer_request"],
        ["answer_request"],
        [],
    )
    with clock.at(AFTER):
        assert names(parties.so) == ["start_waits"]
    perform(exchange, "refuse_to_cancel", by=parties.vop_coordinator, reason="It is out.")
    assert names(parties.hop_coordinator) == []


def test_a_missed_start_is_shown_to_partnership_and_support_office(parties: Parties) -> None:
    lifecycle.in_preparation(parties)
    with clock.at(AFTER):
        assert "start_missed" in names(parties.vop_coordinator)
        assert names(parties.so) == ["start_missed"]


def test_evidence_is_asked_for_during_the_stay_and_the_report_after_it(parties: Parties) -> None:
    exchange = lifecycle.ongoing(parties)
    with clock.at(datetime(2026, 9, 29, 9, tzinfo=UTC)):
        assert names(parties.vo) == ["evidence"]
    with clock.at(AFTER):
        assert names(parties.vo) == ["evidence", "far", "feedback_vo"]
        found = items(parties.vo)
        assert [(found[name].due, found[name].is_late) for name in ("evidence", "far")] == [
            (date(2026, 9, 30), True),
            (date(2026, 10, 7), False),
        ]
        evidence_submission.hand_in(exchange, kind="hotel", file=lifecycle.scan(), by=parties.vo)
        assert names(parties.vo) == ["far", "feedback_vo"]
        assert "answer_evidence" in names(parties.vop_coordinator)


def test_from_the_report_to_the_payment(parties: Parties, over: Exchange) -> None:
    document = evidence_submission.hand_in(over, kind="hotel", file=lifecycle.scan(), by=parties.vo)
    report = over.report
    perform(report, "edit", by=parties.vo, version_read=report.row_version, fields=REPORT)
    perform(report, "submit", by=parties.vo)
    assert names(parties.vop_coordinator) == ["answer_evidence", "answer_far"]
    assert items(parties.vop_coordinator)["answer_far"].due == date(2026, 10, 9)
    perform(report, "accept", by=parties.vop_coordinator)
    completion.accepted_evidence(document, parties.vop_coordinator)
    assert names(parties.vop_coordinator) == ["accept_payable"]
    perform(over, "accept_payable", by=parties.vop_coordinator)
    assert names(parties.vop_coordinator) == ["close", "pay"]
    perform(over, "close", by=parties.vop_coordinator)
    assert names(parties.vop_coordinator) == ["pay"]
    payment = Exchange.objects.get(pk=over.pk).payment
    with clock.at(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        assert names(parties.so) == ["payment_late"]
    perform(payment, "pay", by=parties.vop_coordinator, paid_on=date(2026, 10, 2), amount=payment.amount, reference="R")
    assert (names(parties.vop_coordinator), names(parties.so)) == ([], [])


def test_an_unanswered_report_and_a_stay_never_closed_reach_the_support_office(
    parties: Parties, over: Exchange
) -> None:
    report = over.report
    perform(report, "edit", by=parties.vo, version_read=report.row_version, fields=REPORT)
    perform(report, "submit", by=parties.vo)
    assert names(parties.so) == []
    with clock.at(datetime(2026, 10, 12, 9, tzinfo=UTC)):
        assert names(parties.so) == ["far_unanswered"]
    with clock.at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        assert names(parties.so) == ["far_unanswered", "never_closed"]


def test_nobody_decides_on_the_money_of_their_own_organisation(parties: Parties, over: Exchange) -> None:
    own = replace(parties.vop_coordinator, organisations=frozenset({parties.visitor.pk}))
    perform(completion.report_submitted(parties, over), "accept", by=parties.vop_coordinator)
    completion.accepted_evidence(completion.submitted_evidence(over, parties.vo), parties.vop_coordinator)
    assert ("accept_payable" in names(parties.vop_coordinator), "accept_payable" in names(own)) == (True, False)


def test_a_virtual_exchange_asks_for_no_money_and_no_evidence(parties: Parties) -> None:
    lifecycle.ongoing(parties, Modality.VIRTUAL)
    with clock.at(AFTER):
        assert names(parties.vo) == ["far", "feedback_vo"]
        assert names(parties.vop_coordinator) == []


def _subjects(moment: datetime) -> list[str]:
    Mail.objects.all().delete()
    with clock.at(moment):
        reconcile.reconcile_everything()  # as each night
        write_due()
    return sorted({mail.subject.partition(" (")[0] for mail in Mail.objects.all()})


def test_reminders_of_the_report_before_and_after_its_day(parties: Parties) -> None:
    lifecycle.ongoing(parties, Modality.VIRTUAL)
    assert _subjects(datetime(2026, 9, 30, 20, tzinfo=UTC)) == []
    assert "Reminder: Write and submit the Final Activity Report" in _subjects(datetime(2026, 10, 1, 9, tzinfo=UTC))
    assert "Late: Write and submit the Final Activity Report" in _subjects(datetime(2026, 10, 8, 9, tzinfo=UTC))
    assert _subjects(datetime(2026, 11, 20, 9, tzinfo=UTC)) == []


def test_a_follow_up_is_remembered_after_two_and_twelve_months(parties: Parties, over: Exchange) -> None:
    perform(over, "close_unpaid", by=parties.so, reason="No report.")
    months = {
        "a month": datetime(2026, 10, 30, 9, tzinfo=UTC),
        "two months": datetime(2026, 11, 30, 9, tzinfo=UTC),
        "four months": datetime(2027, 1, 31, 9, tzinfo=UTC),
        "a year": datetime(2027, 9, 30, 9, tzinfo=UTC),
    }
    found = {name: _subjects(moment) for name, moment in months.items()}
    assert [name for name, rows in found.items() if "Reminder: Follow up what you agreed" in rows] == [
        "two months",
        "a year",
    ]


def test_a_follow_up_is_remembered_as_late_as_the_settings_say(parties: Parties, over: Exchange) -> None:
    SchemeSettings.objects.update_or_create(pk=1, defaults={"follow_up_months": [2, 30]})
    perform(over, "close_unpaid", by=parties.so, reason="No report.")
    assert "Reminder: Follow up what you agreed" in _subjects(datetime(2029, 3, 30, 9, tzinfo=UTC))
    assert "Reminder: Follow up what you agreed" not in _subjects(datetime(2029, 7, 30, 9, tzinfo=UTC))


def test_an_entry_of_the_past_waits_for_the_support_office_and_comes_back_to_its_partnership(parties: Parties) -> None:
    submission = states.recorded_submission(parties)
    assert (names(parties.so), names(parties.vop_coordinator)) == (["accept_entry"], [])
    perform(submission, "send_back", by=parties.so, reason="Which hotel?")
    assert (names(parties.so), names(parties.vop_coordinator)) == ([], ["correct_entry"])


def test_days_to_answer_are_those_at_the_seat_of_who_asks(parties: Parties) -> None:
    monday_night = datetime(2026, 9, 7, 22, 30, tzinfo=UTC)  # Tuesday in Madrid, Monday in Lisbon
    assert answer_due_on(monday_night, 1, Deadlines(), parties.vop) == date(2026, 9, 9)
    assert answer_due_on(monday_night, 1, Deadlines(), people.partnership("PT")) == date(2026, 9, 8)
