"""Which topics and words are rare: when it is counted anew, and that nothing is lost meanwhile."""

from collections import Counter
from datetime import timedelta
from random import Random

import numpy as np
import pytest

from cxc import clock
from matching.fit import ranked, ranking_index, vocabulary
from matching.fit.item_names import read_names
from matching.models import Vocabulary, VocabularyWord
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import random_profiles
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_an_item_counts_more_the_fewer_have_it() -> None:
    counts = {"everywhere": 999, "often": 300, "seldom": 40, "hardly": 3}
    assert vocabulary.rarity_levels(counts, 1000) == {"everywhere": 1, "often": 1, "seldom": 2, "hardly": 3}
    assert vocabulary.rarity_levels({"nothing": 0}, 0) == {"nothing": 1}


def test_a_word_that_one_profile_has_or_too_many_owns_no_vector() -> None:
    counts = Counter({"once": 1, "twice": 2, "often": 14, "always": 60})
    assert list(vocabulary.chosen_words({"en": counts}, {"en": 100})) == ["often", "twice"]


def test_a_word_is_as_rare_as_in_the_texts_of_its_language() -> None:
    counts = {"en": Counter(company=300, robot=30), "es": Counter(empresa=15, robot=2)}
    rarity = vocabulary.chosen_words(counts, {"en": 1000, "es": 20})
    assert rarity["empresa"] < rarity["company"] < rarity["robot"]


def test_it_is_counted_anew_when_profiles_came_or_went_and_after_a_week() -> None:
    assert not vocabulary.refit_if_needed()
    random_profiles.create(Random(1), 12, people.partnership())
    assert vocabulary.refit_if_needed()
    assert not vocabulary.refit_if_needed()
    with clock.at(clock.now() + timedelta(days=8)):
        assert vocabulary.refit_if_needed()
    assert Vocabulary.objects.count() == 1


def test_everybody_is_ranked_after_it_as_before() -> None:
    made = random_profiles.create(Random(2), 40, people.partnership())
    before = [{fit.profile_id for fit in ranked(profile)} for profile in made]
    assert vocabulary.refit()
    assert [{fit.profile_id for fit in ranked(profile)} for profile in made] == before
    assert ranking_index.differing() == set()
    assert Vocabulary.objects.get().profiles == 40


def test_a_page_of_best_matches_says_so_when_the_profile_is_not_published(client) -> None:  # type: ignore[no-untyped-def]
    parties = usual_parties()
    draft = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    client.force_login(parties.vo.user)
    response = client.get(f"/best-matches/{draft.pk}/")
    assert response.status_code == 200
    assert "This profile is not published" in response.content.decode()


def test_a_word_is_shown_as_it_is_written_most_often() -> None:
    made = random_profiles.create(Random(3), 3, people.partnership())
    for profile, text in zip(made, ("Laboratories", "Two laboratories", "A hand-held laboratory"), strict=True):
        Profile.objects.filter(pk=profile.pk).update(title=text, motivation="", description="")
    assert vocabulary.refit()
    assert dict(VocabularyWord.objects.values_list("word", "written"))["laborator"] == "laboratories"
    numbers = VocabularyWord.objects.values_list("number", flat=True)
    assert "laboratories" in read_names().words(numbers)


def test_the_words_that_tell_most_of_the_sector_come_last_and_function_words_are_not_shown() -> None:
    counts = vocabulary.TextCounts(80)
    for n in range(80):
        words = ["days"] if n % 5 == 0 else []
        words += ["because", "loom", "vat"] if n % 4 == 0 else ["harbour"] if n % 4 == 1 else []
        counts.add([(word, word) for word in words], "en", [n % 4])
    in_order = list(counts.vectors())
    assert {"loom", "harbour"} < set(in_order[-4:])
    assert in_order.index("days") < in_order.index("loom")
    assert (counts.written("loom"), counts.written("because"), counts.written("vat")) == ("loom", "", "")


def test_texts_that_tell_nothing_of_the_sector_count_for_less() -> None:
    random = np.random.default_rng(4)
    of_sector = random.integers(0, 4, 200)
    sectors = np.eye(4, dtype=bool)[of_sector]
    noise = random.normal(0, 1, (200, 256))
    telling = noise + 2 * random.normal(0, 1, (4, 256))[of_sector]
    assert vocabulary.likeness_scale(telling, sectors) == vocabulary.FULL_LIKENESS
    assert vocabulary.likeness_scale(noise, sectors) > 4 * vocabulary.FULL_LIKENESS
    assert vocabulary.likeness_scale(noise[:20], sectors[:20]) == vocabulary.FULL_LIKENESS, "too few to tell"
    assert vocabulary.likeness_scale(np.zeros((200, 256)), sectors) == vocabulary.FULL_LIKENESS
