"""The text benchmark, on tiny files: its JSON, which descriptions are relevant, and that it measures what is stored."""

import json
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from benchmarks import text
from benchmarks.quality.descriptions import Description, Relevance
from benchmarks.quality.score import text_vectors
from launch.commands import bench
from launch.paths import UserError
from matching.fit import text_rows, vocabulary
from matching.fit.arrays import text_product
from matching.fit.words import stems_of
from matching.models import RankingText
from profiles.models import Profile
from tests.factories import people
from tests.matching import random_profiles

TRADES = {
    "Fishing": "salmon harbour nets boats trawlers",
    "Weaving": "looms threads textiles dyes fabrics",
    "Robots": "robots sensors motors arms welding",
}


def descriptions(**more: Any) -> list[dict[str, Any]]:
    random = Random(3)
    return [
        {
            "id": n,
            "organisation": f"Organisation {n // 2}",
            "text": f"We work with {' and '.join(random.sample(words.split(), 4))} in our region.",
            **{name: value(sector) for name, value in more.items()},
        }
        for n, (sector, words) in enumerate([*TRADES.items()] * 8)
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"sector": str, "subsector": str.lower, "type": lambda _sector: "same"},
        {"tags": lambda sector: [sector, "everybody"]},
    ],
    ids=["fields", "tags"],
)
def test_its_file_holds_each_way(tmp_path: Path, more: dict[str, Any]) -> None:
    given, found = tmp_path / "given.json", tmp_path / "found.json"
    given.write_text(json.dumps(descriptions(**more)))
    assert text.main(str(found), str(given)) == 0
    figures = json.loads(found.read_text())
    assert (figures["queries"], figures["texts"]) == (24, 24)
    for way in ("portal", "tfidf", "lsa", "random"):
        low, high = figures[way]["ndcg10_95"]
        assert 0 <= low <= figures[way]["ndcg10"] <= high <= 1
    assert figures["portal"]["ndcg10"] > 0.9 > figures["random"]["ndcg10"]
    assert figures["tfidf"]["lead"] == pytest.approx(figures["portal"]["ndcg10"] - figures["tfidf"]["ndcg10"], abs=1e-3)


def test_it_wants_a_file_that_exists() -> None:
    for file in (None, "/nowhere.json"):
        with pytest.raises(UserError, match="--file"):
            bench.run("text", None, file)


def test_fields_in_common_make_relevant_and_an_organisations_own_texts_do_not() -> None:
    rows = [("a", "x", "y", "z"), ("b", "x", "y", ""), ("c", "x", "", "z"), ("a", "x", "y", "z"), ("d", "", "", "")]
    made = Relevance([Description(who, "", tuple(fields), frozenset()) for who, *fields in rows])
    assert made.to(0).tolist() == [0, 3, 2, 0, 0]
    assert made.to(4).tolist() == [0, 0, 0, 0, 0]


def test_rare_tags_in_common_make_more_relevant() -> None:
    tags = [{"rare", "usual"}, {"rare", "other"}, {"usual"}, {"usual"}, {"usual"}, {"more"}]
    made = Relevance([Description(str(n), "", ("", "", ""), frozenset(of)) for n, of in enumerate(tags)])
    _own, rare, usual, again, *_rest = made.to(0).tolist()
    assert rare > usual == again > 0
    assert (made.to(0) <= 1).all()


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
def test_what_it_measures_is_what_the_portal_stores() -> None:
    made = random_profiles.create(Random(5), 40, people.partnership())
    vocabulary.refit()
    in_order = Profile.objects.filter(pk__in=[profile.pk for profile in made]).order_by("pk")
    texts = [stems_of(f"{one.title} {one.motivation} {one.description}") for one in in_order]
    measured = text_vectors(texts)
    planes = ("ones", "twos", "fours", "eights")
    bits = np.array(
        [list(map(list, row)) for row in RankingText.objects.order_by("profile_id").values_list(*planes)], int
    )
    stored = np.tensordot(bits, [1, 2, 4, -8], axes=(1, 0))
    # Of equally strong directions a solver may choose any: what is the same are the products.
    products = [text_product(vectors, vectors.T).ravel() for vectors in (measured, stored)]
    assert np.corrcoef(products)[0, 1] > 0.99
    assert text_rows.differing() == set()
