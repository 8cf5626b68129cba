"""Profiles in other languages than English: all but the text is compared as it is in English."""

from random import Random

import pytest

from matching.enums import Criterion
from matching.fit import database, vocabulary
from matching.fit.criteria import WEIGHTS
from matching.services.profile_indexes import update_indexes
from profiles.models import Profile, Sector, Topic
from tests.factories.parties import usual_parties
from tests.matching import factories, random_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TWINS = (
    (
        "Sensors for textile recycling",
        "We would like to learn how others sort textiles.",
        "Our company builds sensors for the recycling of textiles and looks for a partner with a plant of its own.",
    ),
    (
        "Czujniki do recyklingu tkanin",
        "Chcielibyśmy dowiedzieć się, jak inni sortują tkaniny.",
        "Nasza firma buduje czujniki do recyklingu tkanin i szuka partnera, który ma własny zakład.",
    ),
    (
        "Αισθητήρες για την ανακύκλωση υφασμάτων",
        "Θέλουμε να μάθουμε πώς ταξινομούν άλλοι τα υφάσματα.",
        "Η εταιρεία μας κατασκευάζει αισθητήρες για την ανακύκλωση υφασμάτων και αναζητά συνεργάτη με εργοστάσιο.",
    ),
)


def twins() -> list[Profile]:
    """The same visiting profile in English, Polish and Greek, among the profiles of many organisations."""
    parties = usual_parties()
    random_profiles.create(Random(31), 120, parties.hop)
    made = []
    for title, motivation, description in TWINS:
        texts = {"title": title, "motivation": motivation, "description": description}
        profile, _owner = factories.another_visitor(parties, **texts)
        profile.own_sectors.set(Sector.objects.filter(pk__in=["13", "14"]))
        profile.seeks.set(Topic.objects.all()[:3])
        profile.offers.set(Topic.objects.all()[2:6])
        made.append(profile)
    update_indexes([profile.pk for profile in made])
    vocabulary.refit()
    return made


def test_without_texts_a_profile_gets_the_same_ten_in_any_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WEIGHTS, Criterion.TEXT, 0)
    english, polish, greek = (
        [(fit.profile_id, fit.score) for fit in database.ranked(twin.pk, limit=10)] for twin in twins()
    )
    assert len(english) == 10
    assert polish == english
    assert greek == english
