"""A visit of five moves: a draft, a validated, a signed and a ready exchange, and one used up meanwhile."""

from dataclasses import dataclass, replace

import pytest

from cxc.workflow import RequirementsUnmet, create, perform
from exchanges.models import DocumentVersion, Exchange, OwnPart, SharedPart, Visit, VisitMove
from exchanges.models.visit_move import Fate
from exchanges.rules.visit_move import Days
from matching.models import Match
from tests.factories import people
from tests.factories.cache import cached
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.lifecycle import FIRST, LAST
from tests.scenarios.visit_moves import DAY, NEW, agree, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NAMES = ("draft", "validated", "signed", "ready", "used_up")


@dataclass
class Five:
    """The five exchanges by how far they are, with the parties of the lead and of the one that is used up."""

    parties: Parties
    used_up: Parties
    exchanges: dict[str, Exchange]

    @property
    def visit(self) -> Visit:
        return Visit.objects.get(pk=self.exchanges["ready"].visit_id)

    def states(self) -> dict[str, str]:
        return {name: Exchange.objects.get(pk=one.pk).state for name, one in self.exchanges.items()}

    def own_states(self) -> dict[str, str]:
        return {name: OwnPart.objects.get(exchange=one).state for name, one in self.exchanges.items()}

    def fates(self, move: VisitMove) -> dict[str, str]:
        fates = {line.exchange.pk: line.fate for line in move.plan(self.parties.so).exchanges}
        return {name: fates[one.pk] for name, one in self.exchanges.items()}


def _draft(parties: Parties, on: Visit) -> Exchange:
    """A draft of the parties' visitor on the visit."""
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    match = Match(visiting_profile=visiting, host_profile=on.host_profile, modality=on.modality)
    perform(create(match, "propose", by=parties.vo), "host_yes", by=parties.ho)
    return lifecycle.exchange(match, on, parties.vop_coordinator)


def _at_another_host(parties: Parties) -> Exchange:
    """Another physical exchange of the same visitor, in preparation."""
    host = people.organisation("BE")
    apart = replace(parties, host=host, ho=people.member(host, signs=True))
    visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator, title="Second")
    profile = lifecycle.published(host, parties.hop, apart.ho, parties.hop_coordinator, kind="host")
    match = Match(visiting_profile=visiting, host_profile=profile, modality="physical")
    perform(create(match, "propose", by=parties.vo), "host_yes", by=apart.ho)
    made = lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
    return perform(made, "prepare", by=parties.vop_coordinator)


@cached
def five() -> Five:
    parties = usual_parties()
    others = {name: with_another_visitor(parties) for name in NAMES if name != "signed"}
    signed = lifecycle.signed(parties)
    made = {name: _draft(others[name], signed.visit) for name in ("draft", "used_up")}
    made["validated"] = lifecycle.validated_documents(
        others["validated"], lifecycle.joined(others["validated"], signed.visit)
    )
    ready = lifecycle.signed_documents(others["ready"], lifecycle.joined(others["ready"], signed.visit))
    made |= {"signed": signed, "ready": lifecycle.set_ready(others["ready"], ready)}
    return Five(parties, others["used_up"], {name: made[name] for name in NAMES})


@pytest.fixture
def group() -> Five:
    return five()


def _agreed(group: Five, **days: object) -> VisitMove:
    """All agreed; meanwhile one visitor's organisation was used up elsewhere."""
    move = ask(group.visit, group.parties.vop_coordinator, **days)
    _at_another_host(group.used_up)
    return agree(move, group.parties.ho)


def _carried_out(group: Five, move: VisitMove) -> VisitMove:
    perform(group.exchanges["ready"], "back_to_preparation", by=group.parties.so, reason="The visit moves.")
    return perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=group.parties.vop_coordinator)


def test_before_it_is_carried_out_each_reads_what_becomes_of_it(group: Five) -> None:
    move = _agreed(group)
    assert group.fates(move) == {
        "draft": Fate.MOVES,
        "validated": Fate.MOVES,
        "signed": Fate.MOVES,
        "ready": Fate.SET_BACK_FIRST,
        "used_up": Fate.CANNOT_COME,
    }
    with pytest.raises(RequirementsUnmet, match="back to preparation first"):
        perform(move, "carry_out", by=group.parties.vop_coordinator)
    assert group.states()["used_up"] == "draft"
    assert group.own_states()["signed"] == "signed"


def test_each_becomes_what_the_rule_says(group: Five) -> None:
    move = _carried_out(group, _agreed(group))
    assert group.states() == {
        "draft": "draft",
        "validated": "preparation",
        "signed": "preparation",
        "ready": "preparation",
        "used_up": "cancelled",
    }
    assert group.own_states() == {
        "draft": "draft",
        "validated": "ready",
        "signed": "ready",
        "ready": "ready",
        "used_up": "draft",
    }
    moved = [Exchange.objects.get(pk=group.exchanges[name].pk) for name in NAMES[:4]]
    assert {(one.planned_start, one.planned_end) for one in moved} == {(NEW["first_day"], NEW["last_day"])}
    assert {one.agreement.state for one in moved[1:]} == {"draft"}
    assert dict(move.stays.values_list("exchange_id", "outcome")) == {
        one.pk: "cancelled" if name == "used_up" else "moved" for name, one in group.exchanges.items()
    }
    assert (move.new_visit, group.visit.first_day) == (None, NEW["first_day"])


def test_no_signature_counts_for_the_new_days_and_none_is_lost(group: Five) -> None:
    signed = [group.exchanges[name] for name in ("signed", "ready")]
    _carried_out(group, _agreed(group))
    shared, parties = group.visit.shared_part, group.parties
    perform(perform(shared, "submit", by=parties.vop_coordinator), "validate", by=parties.so)
    for exchange in signed:
        own = perform(OwnPart.objects.get(exchange=exchange), "validate", by=parties.so)
        assert (own.state, len(own.unsigned_parties())) == ("validated", 4)
        first, second = DocumentVersion.objects.filter(exchange=exchange, kind="ctq").order_by("number")
        assert (first.signatures.count(), second.signatures.count()) == (4, 0)
        assert DocumentVersion.objects.get(exchange=exchange, kind="fa").signatures.count() == 2


def test_signatures_do_not_survive_an_agenda_that_moved_around_a_stay_of_the_same_days(group: Five) -> None:
    """The visit gets longer, one exchange keeps its days; the agenda before it is another one."""
    exchange, parties = group.exchanges["signed"], group.parties
    days = {"first_day": FIRST - 3 * DAY, "last_day": LAST, "given": {exchange.pk: Days(FIRST, LAST)}}
    _carried_out(group, _agreed(group, **days))
    assert Exchange.objects.get(pk=exchange.pk).agreed_start == FIRST
    shared = perform(SharedPart.objects.get(visit=group.visit), "submit", by=parties.vop_coordinator)
    perform(shared, "validate_as_editorial", by=parties.so)
    own = OwnPart.objects.get(exchange=exchange)
    assert own.state == "ready"
    with pytest.raises(RequirementsUnmet, match="to be signed anew"):
        perform(own, "validate_as_editorial", by=parties.so)
