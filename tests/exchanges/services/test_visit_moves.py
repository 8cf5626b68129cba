"""Moving a visit: asked, agreed, refused, withdrawn, expired."""

from datetime import date, timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.todo.items import items_for
from cxc.workflow import NotAllowed, RequirementsUnmet, perform
from exchanges.models import VisitMove
from exchanges.services import visit_moves
from exchanges.services.exchange_start import start_due_exchanges
from tests.exchanges.services.grouped_visit import grouped, signed_group
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST, NOW
from tests.scenarios.visit_moves import NEW, agree, ask, consents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DAY = timedelta(days=1)


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


# --- asking and answering --------------------------------------------------------------------------------


def test_host_and_each_partnership_are_asked_once_and_who_asks_has_agreed() -> None:
    group = grouped()
    other = group.parties_of_visitors[2]
    move = ask(group.visit, group.parties.vop_coordinator)
    expected = {str(group.parties.host): "asked", str(group.parties.vop): "agreed", str(other.vop): "asked"}
    assert (move.state, consents(move)) == ("asked", expected)
    assert [item.name for item in items_for(group.parties.ho) if item.name == "agree_to_move"] == ["agree_to_move"]
    assert "agree_to_move" not in [item.name for item in items_for(group.parties.vop_coordinator)]
    move = agree(move, group.parties.ho)
    assert move.state == "asked"
    move = agree(move, other.vop_coordinator)
    assert move.state == "agreed"
    assert "carry_out_move" in [item.name for item in items_for(group.parties.vop_coordinator)]


def test_the_host_asks_and_only_the_partnerships_answer(parties: Parties) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, parties.ho)
    assert consents(move) == {str(parties.host): "agreed", str(parties.vop): "asked"}


@pytest.mark.parametrize(("who", "state"), [("hop_coordinator", "asked"), ("so", "asked")])
def test_who_is_none_of_those_asked_has_not_agreed(parties: Parties, who: str, state: str) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, getattr(parties, who))
    assert set(consents(move).values()) == {state}


def test_the_visitor_does_not_ask(parties: Parties) -> None:
    with pytest.raises(NotAllowed):
        ask(lifecycle.in_preparation(parties).visit, parties.vo)


def test_one_move_at_a_time(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    ask(visit, parties.ho)
    with pytest.raises(RequirementsUnmet, match="move that is open"):
        ask(visit, parties.vop_coordinator)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"first_day": FIRST, "last_day": LAST}, "Enter new days"),
        ({"first_day": NOW.date() + 3 * DAY, "last_day": NOW.date() + 5 * DAY}, "too near"),
        ({"first_day": FIRST + 5 * DAY, "last_day": FIRST + 6 * DAY}, "none of the exchanges"),
        ({"first_day": date(2031, 3, 3), "last_day": date(2031, 3, 5)}, "none of the exchanges"),
    ],
)
def test_days_that_cannot_be(parties: Parties, days: dict[str, date], sentence: str) -> None:
    with pytest.raises(RequirementsUnmet, match=sentence):
        ask(lifecycle.in_preparation(parties).visit, parties.vop_coordinator, **days)
    assert not VisitMove.objects.exists()


def test_a_visit_without_exchanges_changes_its_dates_instead(parties: Parties) -> None:
    visit = lifecycle.visit(lifecycle.confirmed(parties), parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet, match="Change the dates of the visit instead"):
        ask(visit, parties.vop_coordinator)


def test_the_days_stay_while_a_move_is_open(parties: Parties) -> None:
    visit = lifecycle.in_preparation(parties).visit
    move = ask(visit, parties.vop_coordinator)
    with pytest.raises(RequirementsUnmet, match="Carry out the move"):
        perform(visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST + DAY})
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"title": "Looms", "last_day": LAST})
    perform(move, "withdraw", by=parties.vop_coordinator, reason="Not now.")
    perform(visit, "change_dates", by=parties.vop_coordinator, fields={"last_day": LAST + DAY})


def test_one_refusal_ends_it_and_everybody_reads_why(parties: Parties) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, parties.vop_coordinator)
    perform(move.consents.get(organisation=parties.host), "refuse", by=parties.ho, reason="We are away.")
    move.refresh_from_db()
    assert move.state == "refused"
    mail = Mail.objects.filter(subject__contains="the move was refused", to_user=parties.vo.user).get()
    assert "We are away." in mail.text
    assert "agree_to_move" not in [item.name for item in items_for(parties.ho)]


def mails_of_move(subject: str, reader: Actor) -> str:
    """What this person read of how the move ended."""
    return Mail.objects.filter(subject__contains=subject, to_user=reader.user).get().text


def test_a_refusal_does_not_name_the_partnership_of_another_visitor() -> None:
    group = grouped()
    other = group.parties_of_visitors[2]
    move = ask(group.visit, group.parties.vop_coordinator)
    consent = move.consents.get(partnership=other.vop)
    perform(consent, "refuse", by=other.vop_coordinator, reason="Too late for us.")
    for reader in (group.parties.vo, group.parties.ho, other.vo):
        text = mails_of_move("the move was refused", reader)
        assert "Visitor's Partnership: Too late for us." in text
        assert str(other.vop) not in text


def test_an_exchange_that_starts_is_not_named_to_other_visitors() -> None:
    group = signed_group()
    lifecycle.set_ready(group.parties, group.exchanges[0])
    ask(group.visit, group.parties.vop_coordinator)
    with clock.at(group.visit.midnight_of(FIRST)):
        assert start_due_exchanges(clock.now()) == 1
    for reader in (group.parties_of_visitors[1].vo, group.parties_of_visitors[2].vo):
        text = mails_of_move("the move has expired", reader)
        assert "An exchange of the visit has started." in text
        assert str(group.parties.visitor) not in text


def test_who_has_agreed_may_refuse_until_it_is_carried_out(parties: Parties) -> None:
    move = agree(ask(lifecycle.in_preparation(parties).visit, parties.vop_coordinator), parties.ho)
    assert move.state == "agreed"
    perform(move.consents.get(organisation=parties.host), "refuse", by=parties.ho, reason="We are away.")
    move.refresh_from_db()
    assert move.state == "refused"
    with pytest.raises(RequirementsUnmet, match="nothing to answer"):
        perform(move.consents.get(partnership=parties.vop), "refuse", by=parties.vop_coordinator, reason="Too.")


def test_only_the_side_that_asked_withdraws(parties: Parties) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, parties.ho)
    with pytest.raises(RequirementsUnmet, match="the side that has asked"):
        perform(move, "withdraw", by=parties.hop_coordinator, reason="No.")
    assert perform(move, "withdraw", by=parties.ho, reason="No.").state == "withdrawn"


def test_nobody_answers_for_others(parties: Parties) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, parties.so)
    with pytest.raises(NotAllowed):
        perform(move.consents.get(partnership=parties.vop), "agree", by=parties.ho)
    with pytest.raises(NotAllowed):
        perform(move.consents.get(organisation=parties.host), "agree", by=parties.hop_coordinator)


def test_who_joins_is_asked_and_who_is_gone_is_not_waited_for() -> None:
    parties = usual_parties()
    visit = lifecycle.in_preparation(parties).visit
    move = agree(ask(visit, parties.vop_coordinator), parties.ho)
    assert move.state == "agreed"
    other = people.partnership("FR")
    joining = with_another_visitor(parties, vop=other)
    exchange = lifecycle.joined(joining, visit)
    move.refresh_from_db()
    assert (move.state, consents(move)[str(other)]) == ("asked", "asked")
    perform(exchange, "cancel", by=joining.vop_coordinator, reason="Ill.")
    move.refresh_from_db()
    assert (move.state, str(other) in consents(move)) == ("agreed", False)


def test_a_move_of_nothing_expires(parties: Parties) -> None:
    exchange = lifecycle.planned(parties)
    move = ask(exchange.visit, parties.vop_coordinator)
    perform(exchange, "delete_draft", by=parties.vop_coordinator)
    move.refresh_from_db()
    assert move.state == "expired"


# --- time --------------------------------------------------------------------------------------------------


def test_it_expires_when_the_new_first_day_comes_too_near(parties: Parties) -> None:
    move = ask(lifecycle.in_preparation(parties).visit, parties.vop_coordinator)
    too_near = move.visit.midnight_of(NEW["first_day"] - 3 * DAY)
    with clock.at(too_near - timedelta(minutes=1)):
        assert visit_moves.expire_moves(clock.now()) == 0
    with clock.at(too_near):
        with pytest.raises(RequirementsUnmet, match="too near"):
            agree(move, parties.ho)
        assert (visit_moves.expire_moves(clock.now()), visit_moves.expire_moves(clock.now())) == (1, 0)
    move.refresh_from_db()
    assert move.state == "expired"


def test_it_expires_when_an_exchange_starts(parties: Parties) -> None:
    exchange = lifecycle.ready(parties)
    move = ask(exchange.visit, parties.vop_coordinator)
    with clock.at(exchange.visit.midnight_of(FIRST)):
        assert start_due_exchanges(clock.now()) == 1
    move.refresh_from_db()
    assert move.state == "expired"
    assert Mail.objects.filter(subject__contains="the move has expired", text__contains="has started").exists()
