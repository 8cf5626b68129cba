"""A profile whose period is over: in no list, ranking or plan, and its holder is told what to do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cxc import clock
from cxc.workflow import RequirementsUnmet, perform
from matching.enums import PlanScope
from matching.fit import ranked
from matching.fit.exclusions import count_exclusions, explain_position
from matching.models import Plan
from matching.queries.catalogue import browsable, listed_profiles
from matching.queries.own_profiles import partners_for
from matching.queries.unmatched import hosts_for, needing_a_partner, unmatched_profiles, visitors_for
from matching.services import saved_searches
from matching.services.proposals import propose
from profiles.models import Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.matching import factories, plan_factory
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ENDS = date(2026, 9, 30)
LATER = lifecycle.NOW + timedelta(days=24)  # 1 October


def test_who_is_over_leaves_every_list_and_plan() -> None:
    c = usual_parties()
    visitor, host = factories.visiting(c), factories.hosting(c, available_to=ENDS)
    plan = Plan(partnership=c.hop, generation=host.generation, modality="physical", scope=PlanScope.HOSTS)
    lists: dict[str, Callable[[], list[int]]] = {
        "ranking": lambda: [fit.profile_id for fit in ranked(visitor)],
        "its own ranking": lambda: [host.pk for _fit in ranked(host)],
        "catalogue": lambda: [one.pk for one in listed_profiles(c.vo) if one.kind == "host"],
        "bench": lambda: [one.pk for one in unmatched_profiles(c.hop_coordinator, "host")],
        "still without a partner": lambda: [
            one.pk for one in needing_a_partner(Profile.objects.all()) if one.kind == "host"
        ],
        "plan": lambda: [one.pk for one in hosts_for(plan)],
        "own to propose": lambda: [one.pk for one in partners_for(c.ho, visitor)],
        "saved search": lambda: saved_searches.profile_ids(saved_searches.run_search("kind=host", c.vo)),
    }
    assert {name: found() for name, found in lists.items()} == {name: [host.pk] for name in lists}
    with clock.at(LATER):
        assert {name: found() for name, found in lists.items()} == {name: [] for name in lists}
        assert [one.pk for one in visitors_for(plan)] == [visitor.pk]
        assert host in browsable(c.vo), "its page is still there for who has its address"


def test_why_it_is_not_in_the_list_and_that_nobody_proposes_to_it() -> None:
    c = usual_parties()
    visitor, host = factories.visiting(c), factories.hosting(c, available_to=ENDS)
    with clock.at(LATER):
        answer = explain_position(visitor, host)
        assert "The period of one of the two profiles is over" in answer.sentences[0]
        _number, found = count_exclusions(visitor)
        assert [(one.number, one.condition.name, one.names_text) for one in found] == [
            (1, "period_not_over", str(c.host)),
            (1, "long_enough", str(c.host)),
        ]
        with pytest.raises(RequirementsUnmet) as refusal:
            propose(visiting=visitor, host=host, modality="physical", by=c.vo)
        assert factories.unmet_names(refusal) == ["periods_not_over"]
        assert f"in the profile of {c.host}: its period ended on 30 Sep 2026" in refusal.value.sentences[0]


def test_a_plan_made_before_does_not_propose_it() -> None:
    c = usual_parties()
    factories.visiting(c)
    factories.hosting(c, available_to=ENDS)
    plan = plan_factory.generated(c.vop_coordinator)
    with clock.at(LATER):
        (pair,) = plan_factory.submitted(plan, c.vop_coordinator).pairs.all()
    assert (pair.match, "ended on 30 Sep 2026" in pair.refused) == (None, True)


def test_a_plan_of_nobody_is_made_and_shown() -> None:
    c = usual_parties()
    for scope, by in ((PlanScope.VISITORS, c.vop_coordinator), (PlanScope.EVERYBODY, c.so)):
        plan = plan_factory.generated(by, scope)
        assert (plan.visitors, plan.hosts, plan.pairs.count()) == (0, 0, 0)
        assert (
            "Nobody to match: 0 visitors and 0 hosts" in client_for(by).get(f"/bench/plans/{plan.pk}/").content.decode()
        )


def test_its_holder_is_told_on_its_page_and_in_best_matches_and_can_choose_later_days() -> None:
    c = usual_parties()
    factories.visiting(c)
    host = factories.hosting(c, available_to=ENDS)
    client = client_for(c.ho)
    with clock.at(LATER):
        assert "Its period ended on 30 Sep 2026" in client.get(f"/profiles/{host.pk}/").content.decode()
        best = client.get(f"/best-matches/{host.pk}/").content.decode()
    assert "The period of this profile ended on 30 Sep 2026" in best
    assert f"/profiles/{host.pk}/edit/exchange/" in best


def test_a_visitor_whose_period_is_over_finds_no_plan_and_no_host() -> None:
    c = usual_parties()
    visitor = factories.visiting(c, available_to=ENDS)
    factories.hosting(c)
    plan = Plan(partnership=c.vop, generation=people.generation(), modality="physical", scope=PlanScope.VISITORS)
    with clock.at(LATER):
        assert (list(visitors_for(plan)), list(ranked(visitor))) == ([], [])
        assert perform(visitor, "archive", by=c.vo).state == "archived"
