"""A draft edited by hand."""

import pytest

from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused, perform
from cxc.workflow.models import StateEvent
from matching.models import Match, Plan
from matching.services.plans import pairs, requests
from matching.services.proposals import propose
from profiles.models import Profile
from tests.factories.parties import usual_parties
from tests.matching import factories, plan_factory
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


class Desk:
    """Two visitors of one Partnership, two hosts of another, and a draft for the visitors."""

    def __init__(self) -> None:
        self.parties = usual_parties()
        self.by = self.parties.vop_coordinator
        self.visitors = [factories.visiting(self.parties), factories.another_visitor(self.parties)[0]]
        self.hosts = [factories.hosting(self.parties), factories.another_host(self.parties)[0]]
        self.plan = plan_factory.generated(self.by)

    def pair_of(self, visitor: Profile):  # type: ignore[no-untyped-def]
        return self.plan.pairs.included().get(visiting=visitor)

    def other_than(self, host: Profile) -> Profile:
        return next(found for found in self.hosts if found != host)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_pair_is_removed_and_restored(desk: Desk) -> None:
    pair = desk.pair_of(desk.visitors[0])
    for _ in range(2):
        pairs.remove_pair(desk.plan, pair.pk, by=desk.by)
    assert {visitor for visitor, _host in plan_factory.included_pairs(desk.plan)} == {desk.visitors[1]}
    for _ in range(2):
        pairs.restore_pair(desk.plan, pair.pk, by=desk.by)
    assert {visitor for visitor, _host in plan_factory.included_pairs(desk.plan)} == set(desk.visitors)


def test_another_host_for_a_visitor(desk: Desk) -> None:
    pair = desk.pair_of(desk.visitors[0])
    other = desk.other_than(pair.host)
    added = pairs.add_pair(desk.plan, visiting=pair.visiting, host=other, by=desk.by, instead_of=pair.pk)
    assert (added.by_hand, added.is_included, bool(added.reasons), added.score > 0) == (True, True, True, True)
    assert (pair.visiting, other) in plan_factory.included_pairs(desk.plan)
    with pytest.raises(Refused, match="they are planned already"):
        pairs.restore_pair(desk.plan, pair.pk, by=desk.by)
    back = pairs.add_pair(desk.plan, visiting=pair.visiting, host=pair.host, by=desk.by, instead_of=added.pk)
    assert back.pk == pair.pk


def test_trying_a_pair_tells_nobody_and_leaves_no_match(desk: Desk) -> None:
    before = (Match.objects.count(), Mail.objects.count(), StateEvent.objects.count())
    pair = desk.pair_of(desk.visitors[0])
    other = desk.other_than(pair.host)
    pairs.add_pair(desk.plan, visiting=pair.visiting, host=other, by=desk.by, instead_of=pair.pk)
    assert (Match.objects.count(), Mail.objects.count(), StateEvent.objects.count()) == before


def test_a_visitor_stands_in_a_plan_once(desk: Desk) -> None:
    pair = desk.pair_of(desk.visitors[0])
    with pytest.raises(Refused, match="they are planned already"):
        pairs.add_pair(desk.plan, visiting=pair.visiting, host=desk.other_than(pair.host), by=desk.by)


def test_what_a_proposal_refuses_is_refused_with_the_same_sentence_and_nothing_changes(desk: Desk) -> None:
    pair = desk.pair_of(desk.visitors[0])
    other = desk.other_than(pair.host)
    perform(other, "unpublish", by=desk.parties.hop_coordinator, reason="Not now.")
    with pytest.raises(Refused) as proposing:
        propose(visiting=pair.visiting, host=other, modality="physical", by=desk.by)
    with pytest.raises(Refused) as planning_it:
        pairs.add_pair(desk.plan, visiting=pair.visiting, host=other, by=desk.by, instead_of=pair.pk)
    assert planning_it.value.sentences == proposing.value.sentences
    assert desk.pair_of(desk.visitors[0]) == pair


def test_a_pair_without_common_days_is_refused(desk: Desk) -> None:
    host, _owner = factories.another_host(
        desk.parties, available_from=lifecycle.NOW.date(), available_to=lifecycle.NOW.date(), working_days=1
    )
    pair = desk.pair_of(desk.visitors[0])
    with pytest.raises(Refused, match="not on each other's lists"):
        pairs.add_pair(desk.plan, visiting=pair.visiting, host=host, by=desk.by, instead_of=pair.pk)


def test_a_pair_of_nobodys_own_is_refused(desk: Desk) -> None:
    other = usual_parties("FR", "DE")
    visitor, host = factories.visiting(other), factories.hosting(other)
    with pytest.raises(Refused):
        pairs.add_pair(desk.plan, visiting=visitor, host=host, by=desk.by)


def test_only_a_draft_of_ones_own_is_edited(desk: Desk) -> None:
    pair = desk.pair_of(desk.visitors[0])
    for actor in (desk.parties.vo, desk.parties.hop_coordinator):
        with pytest.raises(NotAllowed):
            pairs.remove_pair(desk.plan, pair.pk, by=actor)
    with pytest.raises(Refused, match="not in the plan any more"):
        pairs.remove_pair(desk.plan, 0, by=desk.by)
    waiting = plan_factory.requested(desk.by)
    with pytest.raises(Refused, match="until the plan is made"):
        pairs.remove_pair(waiting, pair.pk, by=desk.by)
    plan_factory.submitted(desk.plan, desk.by)
    with pytest.raises(Refused, match="“Sent”"):
        pairs.remove_pair(desk.plan, pair.pk, by=desk.by)
    requests.discard(waiting, by=desk.by)
    with pytest.raises(Refused, match="this one was deleted"):
        pairs.remove_pair(Plan(pk=waiting.pk or 0, partnership=desk.plan.partnership), pair.pk, by=desk.by)
