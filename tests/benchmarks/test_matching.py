"""The speed benchmark, on a tiny scheme: every way gives the portal's answer, and the file has its shape."""

import json
from pathlib import Path

import pytest

from benchmarks import matching
from benchmarks.speed import scheme, size, timing
from benchmarks.speed.loop import Loop
from benchmarks.speed.numpy_limit import InMemoryRanking
from benchmarks.speed.orm import Orm, load_texts
from cxc import clock
from matching.fit import ranking_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheme, "VISITORS", 12)
    monkeypatch.setattr(size, "ASKS", 3)
    monkeypatch.setenv("MATCHING_SIZES", "60")


def test_its_file_holds_each_way_at_each_size(small: None, tmp_path: Path) -> None:
    found = tmp_path / "matching.json"
    assert matching.main(str(found)) == 0
    figures = json.loads(found.read_text())["sizes"]["60"]
    for way in matching.WAYS:
        assert 0 < figures[way]["p50"] <= figures[way]["p95"]
    assert (figures["equal"], figures["orm_equal"], figures["loop_equal"]) == (True, True, True)


def test_every_way_answers_as_the_portal_does(small: None) -> None:
    made = scheme.Scheme()
    made.grow_to(150)
    assert set(dict(scheme.build())) == {"rows_s", "vocabulary_s"}
    load_texts()
    orm = Orm()
    ways = [InMemoryRanking(clock.today().toordinal() - size.MONDAY).best, orm.best, Loop(orm).best]
    expected = [size.portal(visitor) for visitor in made.visitors]
    assert [[way(visitor) for visitor in made.visitors] for way in ways] == [expected] * 3
    assert sum(len(answer) for answer in expected) > 20
    assert ranking_index.differing() == set()


def test_a_slow_way_asks_less_often() -> None:
    asked: list[int] = []
    times = timing.in_turn({"quick": (asked.append, 5), "slow": (lambda _asker: None, 2)}, [7, 8])
    assert (asked, {name: len(of) for name, of in times.items()}) == ([7, 8, 7, 8, 7], {"quick": 5, "slow": 2})
