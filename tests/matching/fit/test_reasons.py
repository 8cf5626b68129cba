"""The reasons come from the numbers of the order, and add up."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.enums import Criterion, Importance
from matching.fit import ranked, vocabulary
from matching.fit.criteria import pair_score
from matching.fit.points import percent
from matching.fit.reasons import explain
from matching.services import priorities
from matching.services.profile_indexes import update_indexes
from profiles.models import Topic
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import factories, random_profiles

# Words that the random profiles have too: one of a single profile is in no vocabulary.
MACHINES = "Turbine, sensor, battery, robot."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_points_add_up_to_each_sides_number_and_these_to_the_score() -> None:
    made = random_profiles.create(Random(20), 80, people.partnership())
    vocabulary.refit()
    checked = 0
    for mine in made:
        fits = ranked(mine)
        for fit in fits:
            why = explain(mine.pk, [fit])[fit.profile_id]
            assert sum(line.points for line in why.own_lines) == (why.own or 0)
            assert sum(line.points for line in why.their_lines) == (why.theirs or 0)
            assert all(0 <= line.points <= line.most for line in (*why.own_lines, *why.their_lines))
            assert why.score == percent(pair_score(fit.own, fit.theirs))
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("is_alike", [True, False])
def test_texts_of_other_subjects_are_no_reason(is_alike: bool) -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties, description=MACHINES), factories.hosting(parties, description=MACHINES)
    random_profiles.create(Random(22), 80, people.partnership())
    vocabulary.refit()
    (found,) = [fit for fit in ranked(visitor) if fit.profile_id == host.pk]
    assert found.is_alike
    why = explain(visitor.pk, [replace(found, is_alike=is_alike)])[host.pk]
    (line,) = [line for line in why.own_lines if line.criterion is Criterion.TEXT]
    assert (line.is_good, "little in common" in line.sentence) == (is_alike, not is_alike)


def test_what_fits_and_what_does_not_is_said_in_words() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties, languages=["en", "de"]), factories.hosting(parties, languages=["de"])
    design = Topic.objects.get(pk="circular_design")
    visitor.seeks.set([design])
    host.offers.set([design])
    host.types.set([])
    host.wanted_countries.set(["FR"])
    update_indexes([visitor.pk, host.pk])
    why = explain(visitor.pk, ranked(visitor))[host.pk]
    assert "You seek, they offer: Circular design." in why.good
    assert "Languages in common: German." in why.good
    assert any("They look for partners in other countries" in words for words in why.missing)


def test_who_is_ignored_by_one_side_is_ranked_by_the_other() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    priorities.set_priorities(visitor, by=parties.vo, **dict.fromkeys(Criterion, Importance.IGNORE))
    (fit,) = ranked(visitor)
    assert (fit.profile_id, fit.own, fit.score) == (host.pk, None, fit.theirs)
    why = explain(visitor.pk, [fit])[host.pk]
    assert (why.own, why.own_lines) == (None, ())


def test_reasons_take_as_many_queries_for_many_as_for_one() -> None:
    made = random_profiles.create(Random(21), 60, people.partnership())
    mine = max(made, key=lambda profile: len(ranked(profile)))
    fits = ranked(mine)
    assert len(fits) > 3
    for number in (1, 10):
        with CaptureQueriesContext(connection) as asked:
            explain(mine.pk, fits[:number])
        assert len(asked) == 2
