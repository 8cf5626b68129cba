"""A move of a visit is carried out: what becomes of each exchange, its documents and money, of the agenda."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cxc import clock
from cxc.comms.models import Mail
from cxc.core.models import HolidayChange
from cxc.todo import reconcile
from cxc.todo.items import items_for
from cxc.workflow import RequirementsUnmet, create, perform
from cxc.workflow.models import StateEvent
from exchanges.models import DayMark, DocumentVersion, Exchange, OwnPart, SharedPart, Visit, VisitMove
from exchanges.models.visit_move import Fate
from exchanges.rules.visit_move import Days
from exchanges.services import agenda
from exchanges.services.exchange_start import start_due_exchanges
from matching.models import Match
from profiles.models import LumpSumCeiling, Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST
from tests.scenarios.visit_moves import DAY, NEW, WEEK, agree, ask, moved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


# --- carrying it out -----------------------------------------------------------------------------------------


def test_a_draft_moves(parties: Parties) -> None:
    exchange = lifecycle.planned(parties)
    moved(exchange.visit, parties.vop_coordinator, parties.ho)
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.state, exchange.planned_start, exchange.agreed_start) == ("draft", NEW["first_day"], None)
    assert (exchange.visit.first_day, exchange.visit.last_day) == (NEW["first_day"], NEW["last_day"])


def test_what_was_validated_or_signed_is_validated_anew(parties: Parties) -> None:
    exchange = lifecycle.signed(parties)
    version = DocumentVersion.objects.get(exchange=exchange, kind="ctq")
    moved(exchange.visit, parties.vop_coordinator, parties.ho)
    exchange = Exchange.objects.get(pk=exchange.pk)
    assert (exchange.agreed_start, exchange.agreed_end) == (NEW["first_day"], NEW["last_day"])
    own, agreement, shared = exchange.own_part, exchange.agreement, exchange.visit.shared_part
    assert (shared.state, own.state, agreement.state) == ("draft", "ready", "draft")
    assert (shared.version, agreement.version) == (2, 2)
    assert version.signatures.count() == 4
    assert {item.day for item in exchange.visit.agenda_items.all()} == {NEW["first_day"] + n * DAY for n in range(3)}
    with pytest.raises(RequirementsUnmet, match="CTQ"):
        perform(exchange, "set_ready", by=parties.vop_coordinator)
    perform(perform(shared, "submit", by=parties.vop_coordinator), "validate", by=parties.so)
    own = OwnPart.objects.get(pk=own.pk)
    with pytest.raises(RequirementsUnmet, match="to be signed anew"):
        perform(own, "validate_as_editorial", by=parties.so)
    own = perform(own, "validate", by=parties.so)
    assert (own.current_version.number, len(own.unsigned_parties())) == (2, 4)
    assert own.current_version.content["exchange"]["first_day"] == str(NEW["first_day"])


def test_a_ready_exchange_is_set_back_first(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    move = agree(ask(exchange.visit, parties.vop_coordinator), parties.ho)
    assert [line.fate for line in move.plan(parties.so).exchanges] == [Fate.SET_BACK_FIRST]
    with pytest.raises(RequirementsUnmet, match="back to preparation first"):
        perform(move, "carry_out", by=parties.vop_coordinator)
    (item,) = [item for item in items_for(parties.so) if item.name == "set_back_for_move"]
    assert item.url.endswith(f"/{exchange.pk}/back_to_preparation/#reason")
    perform(exchange, "back_to_preparation", by=parties.so, reason="The visit moves.")
    assert perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=parties.vop_coordinator).state == "carried_out"


def other_physical(parties: Parties) -> Exchange:
    """Another physical exchange of the same visitor, at another host, in preparation."""
    host = people.organisation("BE")
    apart = replace(parties, host=host, ho=people.member(host, signs=True))
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, title="Second")
    profile = lifecycle.published(host, parties.hop, apart.ho, parties.hop_coordinator, kind="host")
    match = Match(visiting_profile=visiting, host_profile=profile, modality="physical")
    perform(create(match, "propose", by=parties.vo), "host_yes", by=apart.ho)
    made = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    return perform(made, "prepare", by=parties.vop_coordinator)


def test_who_is_used_up_meanwhile_is_cancelled_with_the_reason(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    second = with_another_visitor(parties)
    draft = lifecycle.joined(second, visit)
    perform(draft, "back_to_draft", by=parties.so, reason="Later.")
    move = ask(visit, parties.vop_coordinator)
    other = other_physical(second)
    line = {one.exchange.pk: one for one in move.plan(parties.so).exchanges}[draft.pk]
    assert (line.fate, "other physical exchange" in line.sentences[0]) == (Fate.CANNOT_COME, True)
    perform(agree(move, parties.ho), "carry_out", by=parties.vop_coordinator)
    draft.refresh_from_db()
    assert (draft.state, Exchange.objects.get(pk=other.pk).state) == ("cancelled", "preparation")
    assert Mail.objects.filter(to_user=second.vo.user, text__contains="can't take place").exists()
    stay = move.stays.get(exchange=draft)
    assert (stay.outcome, "other physical exchange" in stay.reasons) == ("cancelled", True)


def test_the_mail_to_those_asked_names_who_cannot_come(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    second = with_another_visitor(parties)
    lifecycle.joined(second, visit)
    Profile.objects.filter(organisation=second.visitor).update(available_to=LAST + DAY)
    ask(visit, parties.vop_coordinator)
    mail = Mail.objects.get(to_user=parties.ho.user, subject__contains="Do you agree")
    assert f"{second.visitor} could not come: The period of {second.visitor}" in " ".join(mail.text.split())
    to_visitor = Mail.objects.filter(to_user=parties.vo.user).latest("pk")
    assert str(second.visitor) not in to_visitor.text


def test_holidays_of_the_new_days_count(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    HolidayChange.objects.create(country_code="BE", day=NEW["first_day"] + DAY, is_holiday=True, note="Fair")
    move = ask(exchange.visit, parties.vop_coordinator, last_day=NEW["last_day"] + DAY)
    (line,) = move.plan(parties.so).exchanges
    assert (line.fate, line.moved.agreed_working_days) == (Fate.MOVES, 3)
    perform(move, "withdraw", by=parties.vop_coordinator, reason="No.")
    with pytest.raises(RequirementsUnmet, match="none of the exchanges"):
        ask(exchange.visit, parties.vop_coordinator)


def test_an_amount_by_the_rule_follows_the_new_ceiling_and_another_one_stays_below_it(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    second = with_another_visitor(parties)
    agreed_less = lifecycle.joined(second, visit)
    first = Exchange.objects.exclude(pk=agreed_less.pk).get()
    figures = {"start": FIRST, "end": LAST, "sector": None}
    perform(agreed_less, "set_agreed", by=second.vop_coordinator, lump_sum=Decimal("390.00"), **figures)
    ceiling = LumpSumCeiling.objects.get(country="BE")
    LumpSumCeiling.objects.filter(pk=ceiling.pk).update(valid_to=NEW["first_day"] - DAY)
    LumpSumCeiling.objects.create(country_id="BE", amount=Decimal("300.00"), valid_from=NEW["first_day"])
    moved(visit, parties.vop_coordinator, parties.ho)
    first.refresh_from_db()
    agreed_less.refresh_from_db()
    assert (first.agreed_lump_sum, first.planned_lump_sum) == (Decimal("150.00"), Decimal("150.00"))
    assert agreed_less.agreed_lump_sum == Decimal("300.00")


def test_a_shorter_stay_keeps_its_place_in_the_visit_unless_it_is_given_days(parties: Parties) -> None:
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, last_day=LAST + 2 * DAY)
    days = {"planned_start": FIRST + DAY, "planned_end": FIRST + 3 * DAY}
    exchange = lifecycle.exchange(match, visit, parties.vop_coordinator, **days)
    longer = {"last_day": NEW["last_day"] + 2 * DAY}
    (line,) = ask(visit, parties.vop_coordinator, **longer).plan(parties.so).exchanges
    assert line.moved.planned_start == NEW["first_day"] + DAY
    perform(VisitMove.objects.get(), "withdraw", by=parties.vop_coordinator, reason="Again.")
    given = {exchange.pk: Days(NEW["first_day"], NEW["first_day"] + 2 * DAY)}
    moved(visit, parties.vop_coordinator, parties.ho, given=given, **longer)
    exchange.refresh_from_db()
    assert exchange.planned_start == NEW["first_day"]


def test_a_stay_that_does_not_fit_into_the_shorter_visit_says_so(parties: Parties) -> None:
    match = lifecycle.confirmed(parties)
    visit = lifecycle.visit(match, parties.vop_coordinator, last_day=LAST + 2 * DAY)
    lifecycle.exchange(match, visit, parties.vop_coordinator, planned_start=FIRST + 2 * DAY)
    with pytest.raises(RequirementsUnmet, match="none of the exchanges"):
        ask(visit, parties.vop_coordinator)


def test_marked_days_move_where_they_make_sense(parties: Parties) -> None:
    exchange = lifecycle.in_preparation(parties)
    visit, shared = exchange.visit, exchange.visit.shared_part
    agenda.save_agenda(shared, lifecycle.agenda_lines(visit), by=parties.ho, version_read=shared.row_version)
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST + 3 * DAY})
    shared = SharedPart.objects.get(pk=shared.pk)
    agenda.mark_day(
        shared, LAST + DAY, is_worked=False, reason="A fair.", by=parties.ho, version_read=shared.row_version
    )
    HolidayChange.objects.create(country_code="BE", day=LAST + DAY + WEEK, is_holiday=True, note="Fair")
    later = {"first_day": FIRST + WEEK, "last_day": LAST + 3 * DAY + WEEK}
    move = ask(visit, parties.vop_coordinator, **later)
    assert [mark.day for mark in move.plan(parties.so).dropped_marks] == [LAST + DAY]
    perform(move, "withdraw", by=parties.vop_coordinator, reason="Again.")
    moved(visit, parties.vop_coordinator, parties.ho, last_day=NEW["last_day"] + 3 * DAY)
    assert [mark.day for mark in DayMark.objects.filter(visit=visit)] == [LAST + DAY + 2 * WEEK]


def test_what_is_ongoing_stays_and_the_rest_goes_to_a_new_visit(parties: Parties) -> None:
    ongoing = lifecycle.ready(parties)
    second = with_another_visitor(parties)
    follows = lifecycle.signed_documents(second, lifecycle.joined(second, ongoing.visit))
    visit = ongoing.visit
    with clock.at(visit.midnight_of(FIRST)):
        assert start_due_exchanges(clock.now()) == 1
        move = moved(visit, parties.vop_coordinator, parties.ho)
        assert move.state == "carried_out"
        follows, visit = Exchange.objects.get(pk=follows.pk), Visit.objects.get(pk=visit.pk)
        new = follows.visit
        assert (new, visit.first_day, new.first_day) == (move.new_visit, FIRST, NEW["first_day"])
        assert (new.lead, new.time_zone, new.host_profile) == (visit.lead, visit.time_zone, visit.host_profile)
        assert (follows.own_part.state, follows.agreement.state, new.shared_part.state) == ("ready", "draft", "draft")
        assert (new.shared_part.goals, new.shared_part.version) == (visit.shared_part.goals, 2)
        assert [item.day for item in new.agenda_items.all()] == [NEW["first_day"] + n * DAY for n in range(3)]
        assert [item.day for item in visit.agenda_items.all()] == [FIRST + n * DAY for n in range(3)]
        ongoing.refresh_from_db()
        assert (ongoing.state, ongoing.visit_id, ongoing.own_part.state) == ("ongoing", visit.pk, "signed")
        assert VisitMove.objects.visible_to(second.vo).get() == move
        assert not VisitMove.objects.visible_to(parties.vo).exists()


def test_an_open_visit_keeps_its_last_day_to_ask_at_the_same_distance(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    opening = {"outline": "Looms.", "last_day_to_ask": FIRST - 10 * DAY}
    perform(visit, "open_to_visitors", by=parties.ho, **opening)
    moved(visit, parties.vop_coordinator, parties.ho)
    visit.refresh_from_db()
    assert visit.last_day_to_ask == FIRST - 10 * DAY + 2 * WEEK


@pytest.mark.reconciles
def test_every_exchange_has_its_event_and_the_to_do_is_as_declared() -> None:
    parties = usual_parties()
    exchange = lifecycle.signed(parties)
    moved(exchange.visit, parties.vop_coordinator, parties.ho)
    event = StateEvent.of(Exchange.objects.get(pk=exchange.pk)).latest("pk")
    assert (event.transition, event.details["agreed_start"]) == ("move_in_preparation", str(NEW["first_day"]))
    assert [line for page in reconcile.pages_of_everything() for line in reconcile.differences(page)] == []
    match = Match.objects.get(pk=exchange.match_id)
    assert match.place_until == NEW["last_day"]


def test_the_generations_last_day_keeps_from_coming(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    second = with_another_visitor(parties, vop=people.partnership("FR"))
    late = lifecycle.joined(second, visit)
    second.vop.participations.update(last_day=date(2026, 10, 9))
    (line,) = [one for one in ask(visit, parties.vop_coordinator).plan(parties.so).exchanges if one.exchange == late]
    assert "must end by" in line.sentences[0]
