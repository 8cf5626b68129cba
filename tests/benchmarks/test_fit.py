"""The quality check, on few small worlds: what is measured is the portal's score, and its figures can be told apart."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import fit
from benchmarks.quality import measures, population, profiles, score
from benchmarks.quality.scenarios import SCENARIOS, Scenario
from matching.fit.criteria import WEIGHTS


def test_its_file_holds_each_method_of_each_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIT_SEEDS", "2")
    monkeypatch.setenv("FIT_SIZE", "8x40")
    found = tmp_path / "fit.json"
    assert fit.main(str(found)) == 0
    scenarios = json.loads(found.read_text())["scenarios"]
    assert set(scenarios) == {scenario.name for scenario in SCENARIOS}
    for figures in scenarios.values():
        for method in ("portal", "text_only", "structure_only", "random"):
            assert 0 <= figures[method]["ndcg10"] <= 1
            assert 0 <= figures[method]["recall10"] <= 1
        assert sum(figures["shares"].values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_pair_has_the_score_of_the_portals_formula(scenario: Scenario) -> None:
    made = population.make(scenario, 3, visitors=6, hosts=20)
    counts = score.count(*profiles.written_profiles(made, scenario, 3))
    pairs = [(visitor, host) for visitor in range(6) for host in range(20)]
    score.check(counts, score.Parts(counts).score(WEIGHTS), pairs)


def test_the_check_finds_a_score_that_is_not_the_portals() -> None:
    made = population.make(SCENARIOS[0], 3, visitors=2, hosts=5)
    counts = score.count(*profiles.written_profiles(made, SCENARIOS[0], 3))
    with pytest.raises(AssertionError):
        score.check(counts, score.Parts(counts).score(WEIGHTS) + 1e-12, [(0, 0)])


def test_a_perfect_order_has_the_best_figures_and_its_reverse_lower_ones() -> None:
    worth = np.arange(100.0)[None, :]
    admissible = np.ones((1, 100), dtype=bool)
    graded = measures.grades(worth, admissible)
    best, worst = (measures.top(scores, admissible) for scores in (worth, -worth))
    assert (measures.ndcg(best, graded), measures.recall(best, graded)) == (1.0, 1.0)
    assert (measures.ndcg(worst, graded), measures.recall(worst, graded)) == (0.0, 0.0)


def test_who_may_not_meet_is_in_no_list() -> None:
    admissible = np.array([[True, False, True]])
    (found,) = measures.top(np.array([[0.1, 0.9, 0.5]]), admissible)
    assert found.tolist() == [2, 0]


def test_gini_is_nothing_when_all_are_shown_alike() -> None:
    assert measures.gini([np.array([0, 1]), np.array([2, 3])], hosts=4) == 0
    assert measures.gini([np.array([0]), np.array([0])], hosts=4) == 0.75
