"""What a proposal and the second yes require."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.workflow import RequirementsUnmet, create, perform, perform_as_system
from cxc.workflow.models import StateEvent
from matching.enums import MatchState
from matching.models import Match
from matching.services.proposals import propose
from profiles.models import Participation
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def test_a_visiting_organisation_has_five_open_proposals_at_most() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    hosts = [factories.another_host(parties)[0] for _ in range(6)]
    made = [propose(visiting=visitor, host=host, modality="physical", by=parties.vo) for host in hosts[:5]]
    with pytest.raises(RequirementsUnmet) as refusal:
        propose(visiting=visitor, host=hosts[5], modality="physical", by=parties.vo)
    assert factories.unmet_names(refusal) == ["within_proposal_limit"]
    perform(made[0], "withdraw", by=parties.vo, reason="Rather the sixth.")
    propose(visiting=visitor, host=hosts[5], modality="physical", by=parties.vo)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(made[0], "undo", by=parties.vo)
    assert "5 open proposals" in str(refusal.value)
    more = propose(
        visiting=visitor, host=factories.another_host(parties)[0], modality="physical", by=parties.vop_coordinator
    )
    assert more.state == MatchState.PROPOSED, "what others propose does not count"


def test_what_a_proposal_requires_is_said() -> None:
    parties = usual_parties(visitor_country="BE")
    with pytest.raises(RequirementsUnmet) as refusal:
        factories.proposed_by(parties, parties.vo)
    assert factories.unmet_names(refusal) == ["different_countries"]
    parties = usual_parties()
    with pytest.raises(RequirementsUnmet) as refusal:
        propose(
            visiting=factories.visiting(parties, virtual=False),
            host=factories.hosting(parties),
            modality="virtual",
            by=parties.vo,
        )
    assert factories.unmet_names(refusal) == ["modality_in_common"]
    with pytest.raises(RequirementsUnmet) as refusal:
        propose(
            visiting=lifecycle.draft(parties.visitor, parties.vop, parties.vo),
            host=factories.hosting(parties),
            modality="physical",
            by=parties.vo,
        )
    assert factories.unmet_names(refusal) == ["both_published", "eligibility_confirmed"]


def test_an_open_pair_is_proposed_once_a_modality() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    propose(visiting=visitor, host=host, modality="physical", by=parties.vo)
    with pytest.raises(RequirementsUnmet) as refusal:
        propose(visiting=visitor, host=host, modality="physical", by=parties.ho)
    assert factories.unmet_names(refusal) == ["no_other_open_match"]
    assert propose(visiting=visitor, host=host, modality="virtual", by=parties.ho).state == MatchState.PROPOSED


def test_one_visits_and_one_hosts() -> None:
    parties = usual_parties()
    with pytest.raises(RequirementsUnmet) as refusal:
        create(
            Match(
                visiting_profile=factories.hosting(parties),
                host_profile=factories.visiting(parties),
                modality="physical",
            ),
            "propose",
            by=parties.so,
        )
    assert factories.unmet_names(refusal) == ["visits_a_host"]


def test_a_visitor_used_up_is_not_proposed() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    with pytest.raises(RequirementsUnmet) as refusal:
        propose(
            visiting=exchange.match.visiting_profile,
            host=factories.another_host(parties)[0],
            modality="physical",
            by=parties.vo,
        )
    assert factories.unmet_names(refusal) == ["visitor_not_used_up"]


def test_matched_elsewhere_waits_until_that_match_ends() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    second, its_owner = factories.another_host(parties)
    first = propose(visiting=visitor, host=factories.hosting(parties), modality="physical", by=parties.vo)
    other = propose(visiting=visitor, host=second, modality="physical", by=parties.vo)
    perform(first, "host_yes", by=parties.ho)
    assert Match.objects.with_matched_elsewhere().get(pk=other.pk).matched_elsewhere is True
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(other, "host_yes", by=its_owner)
    assert factories.unmet_names(refusal) == ["not_matched_elsewhere"]
    perform(first, "cancel", by=parties.vo, reason="The other one rather.")
    assert Match.objects.with_matched_elsewhere().get(pk=other.pk).matched_elsewhere is False
    perform(other, "host_yes", by=its_owner)
    assert Match.objects.get(pk=other.pk).state == MatchState.CONFIRMED


def test_virtual_one_confirmed_match_at_a_time_per_organisation() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    second, its_owner = factories.another_host(parties)
    factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho, "virtual")
    other = propose(visiting=factories.visiting(parties), host=second, modality="virtual", by=parties.vo)
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(other, "host_yes", by=its_owner)
    assert factories.unmet_names(refusal) == ["not_matched_elsewhere"]


def test_unpublishing_withdraws_what_is_not_confirmed() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    kept = factories.confirmed_between(factories.visiting(parties), parties.vo, host, parties.ho)
    visitor, its_owner = factories.another_visitor(parties)
    gone = propose(visiting=visitor, host=host, modality="physical", by=its_owner)
    perform(host, "unpublish", by=parties.ho, reason="We move house.")
    states = [Match.objects.get(pk=match.pk).state for match in (kept, gone)]
    assert states == [MatchState.CONFIRMED, MatchState.WITHDRAWN]
    assert StateEvent.of(gone).last().reason == "We move house."


def test_the_end_of_a_participation_expires_what_is_open() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    Participation.objects.filter(partnership=parties.hop).update(last_day=clock.today() - DAY)
    perform_as_system(match.host_profile, "archive_after_participation")
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED
