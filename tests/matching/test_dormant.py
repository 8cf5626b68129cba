"""A profile whose holder does not say whether it is still interested: where it is left out, what brings it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cxc import clock
from cxc.access.scoped import Actor
from cxc.core.calendar import midnight
from cxc.core.models import SchemeSettings
from cxc.workflow import perform
from cxc.workflow.deadlines import Deadlines
from matching.enums import PlanScope
from matching.fit import ranked, ranking_index
from matching.fit.exclusions import count_exclusions, explain_position
from matching.models import Plan
from matching.queries.catalogue import listed_profiles
from matching.queries.unmatched import hosts_for, visitors_for
from matching.services.proposals import propose
from profiles import deadlines
from profiles.models import LastInterest, Profile
from profiles.services import interest
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# 7 September and 90 days, at 9:00 UTC: the next date in UTC is over, just not yet and just now.
LAST_DAY, DORMANT = lifecycle.NOW + timedelta(days=91, hours=14), lifecycle.NOW + timedelta(days=91, hours=15)


def visitor_and_host(parties: Parties) -> tuple[Profile, Profile]:
    """The visitor goes on showing interest, the host does not."""
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    LastInterest.objects.filter(profile=visitor).delete()
    ranking_index.update([visitor.pk])
    return visitor, host


def shown(visitor: Profile) -> list[int]:
    assert ranking_index.differing() == set()
    return [fit.profile_id for fit in ranked(visitor)]


def test_it_leaves_best_matches_and_plans_and_stays_in_the_catalogue() -> None:
    parties = usual_parties()
    visitor, host = visitor_and_host(parties)
    plan = Plan(partnership=parties.hop, generation=host.generation, modality="physical", scope=PlanScope.HOSTS)
    lists: dict[str, Callable[[], list[int]]] = {
        "best matches": lambda: shown(visitor),
        "plan": lambda: [one.pk for one in hosts_for(plan)],
        "catalogue": lambda: [one.pk for one in listed_profiles(parties.vo) if one.kind == "host"],
    }
    with clock.at(LAST_DAY):
        assert {name: found() for name, found in lists.items()} == {name: [host.pk] for name in lists}
    with clock.at(DORMANT):
        found = {name: found() for name, found in lists.items()}
        assert found == {"best matches": [], "plan": [], "catalogue": [host.pk]}
        assert [fit.profile_id for fit in ranked(host)] == [visitor.pk], "who looks itself is not kept from anybody"
        assert [one.pk for one in visitors_for(plan)] == [visitor.pk]
        answer = explain_position(visitor, host)
        assert "has not confirmed that it is still interested" in answer.sentences[0]
        assert [(one.number, one.condition.name) for one in count_exclusions(visitor)[1]] == [(1, "interested")]


def test_it_may_answer_until_its_last_day_is_over_where_its_partnership_is() -> None:
    parties = usual_parties()
    visitor, host = visitor_and_host(parties)
    row = LastInterest.objects.get(profile=host)
    row.shown_at = lifecycle.NOW.replace(hour=23, minute=30)
    row.save()
    host = Profile.objects.get(pk=host.pk)
    day, zone = deadlines.interest_day(host, Deadlines()), deadlines.zone_of(host)
    assert day is not None
    with clock.at(midnight(day + timedelta(days=1), zone) - timedelta(minutes=1)):
        assert shown(visitor) == [host.pk]
        assert not Profile.objects.dormant().filter(pk=host.pk).exists()
    with clock.at(midnight(day + timedelta(days=2), zone) + timedelta(hours=12)):
        assert shown(visitor) == []
        assert Profile.objects.dormant().filter(pk=host.pk).exists()


def test_a_dormant_visitor_is_in_no_plan() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    plan = Plan(partnership=parties.hop, generation=host.generation, modality="physical", scope=PlanScope.HOSTS)
    for moment, planned in ((LAST_DAY, [visitor.pk]), (DORMANT, [])):
        with clock.at(moment):
            assert [one.pk for one in visitors_for(plan)] == planned


def answers(host: Profile, _visitor: Profile, by: Actor) -> None:
    perform(host, "confirm_interest", by=by)


def proposes(host: Profile, visitor: Profile, by: Actor) -> None:
    propose(visiting=visitor, host=host, modality="virtual", by=by)


@pytest.mark.parametrize("brings_back", [answers, proposes])
def test_an_answer_or_a_deed_brings_it_back_at_once(brings_back: Callable[[Profile, Profile, Actor], None]) -> None:
    parties = usual_parties()
    visitor, host = visitor_and_host(parties)
    with clock.at(DORMANT):
        assert shown(visitor) == []
        brings_back(host, visitor, parties.ho)
        assert shown(visitor) == [host.pk]


def test_a_proposal_to_it_is_possible_and_its_answer_brings_it_back() -> None:
    parties = usual_parties()
    visitor, host = visitor_and_host(parties)
    with clock.at(DORMANT):
        match = propose(visiting=visitor, host=host, modality="virtual", by=parties.vo)
        assert shown(visitor) == []
        perform(match, "host_no", by=parties.ho, reason="In person rather.")
        assert shown(visitor) == [host.pk]


def test_the_days_of_the_settings_count() -> None:
    parties = usual_parties()
    visitor, _host = visitor_and_host(parties)
    scheme = SchemeSettings.current()
    scheme.interest_answer_days = 31
    scheme.save()
    with clock.at(DORMANT):
        assert len(shown(visitor)) == 1
    with clock.at(DORMANT + timedelta(days=1)):
        assert shown(visitor) == []


def test_other_settings_write_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor_and_host(usual_parties())
    written: list[int] = []
    monkeypatch.setattr(ranking_index, "update", lambda ids, **_kwargs: written.extend(ids))
    scheme = SchemeSettings.current()
    scheme.undo_days += 1
    scheme.save()
    assert written == []
    scheme.interest_ask_days += 1
    scheme.save()
    assert len(written) == 1


def test_who_reads_it_is_told() -> None:
    parties = usual_parties()
    _visitor, host = visitor_and_host(parties)
    client = client_for(parties.vo)
    sentence = "Has not answered whether it is still interested."
    addresses = ("/catalogue/?kind=host", f"/catalogue/{host.pk}/", f"/catalogue/{host.pk}/propose/")
    for moment, told in ((LAST_DAY, False), (DORMANT, True)):
        with clock.at(moment):
            pages = [client.get(address) for address in addresses]
            assert [page.status_code for page in pages] == [200, 200, 200]
            assert [sentence in page.content.decode() for page in pages] == [told, told, told]


def test_a_sign_in_before_it_is_asked_keeps_it_in_the_list() -> None:
    parties = usual_parties()
    visitor, _host = visitor_and_host(parties)
    user = parties.ho.user
    assert user is not None
    with clock.at(lifecycle.NOW + timedelta(days=50)):
        interest.renew_by_sign_in(user)
    with clock.at(DORMANT):
        assert len(shown(visitor)) == 1
