"""Why somebody is not in the list: an answer for anybody, from the conditions that the list is made by."""

from random import Random

import pytest

from matching.enums import Criterion, Importance
from matching.fit import ranked
from matching.fit.exclusions import count_exclusions, explain_position
from matching.services import hidden_profiles, priorities
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import factories, random_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_everybody_is_in_the_list_or_has_a_reason_not_to_be() -> None:
    made = random_profiles.create(Random(30), 60, people.partnership())
    faces = list(Profile.objects.with_display_relations())
    for mine in faces[:10]:
        in_list = {fit.profile_id: place for place, fit in enumerate(ranked(mine), 1)}
        for other in faces:
            answer = explain_position(mine, other)
            assert answer.position == in_list.get(other.pk)
            assert bool(answer.sentences) == (answer.position is None)
    assert len(made) == len(faces)


def test_each_reason_names_what_one_can_do() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties, languages=["fr"])
    priorities.set_priorities(visitor, by=parties.vo, languages=Importance.MUST)
    hidden_profiles.hide(profile=visitor, other=host, by=parties.vo)
    answer = explain_position(visitor, host)
    assert [str(words) for words in answer.sentences] == [
        "You said “not for me” to it.",
        "You have no language in common.",
    ]
    assert len(answer.relax) == 2
    assert ranked(host)[0].profile_id == visitor.pk if ranked(host) else explain_position(host, visitor).sentences


def test_who_can_never_meet_is_told_so() -> None:
    parties = usual_parties()
    visitor, _host = factories.visiting(parties), factories.hosting(parties)
    another, _owner = factories.another_visitor(parties)
    assert explain_position(visitor, another).sentences == ("Both visit: neither receives the other.",)
    assert explain_position(visitor, visitor).sentences == ("That is the profile itself.",)


def test_how_many_each_condition_keeps_away() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    factories.hosting(parties)
    factories.another_host(parties, country="ES")
    number, found = count_exclusions(visitor)
    assert number == 2
    assert [(one.number, one.condition.name) for one in found] == [(1, "other_country")]


def test_a_must_of_either_side_leaves_the_pair_out_of_both_lists() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties, languages=["fr"])
    assert len(ranked(visitor)) == len(ranked(host)) == 1
    priorities.set_priorities(host, by=parties.ho, **{Criterion.LANGUAGES: Importance.MUST})
    assert len(ranked(visitor)) == len(ranked(host)) == 0
    assert explain_position(visitor, host).sentences == ("It asks for a language in common.",)
