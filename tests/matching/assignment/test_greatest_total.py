"""The greatest total, beside every assignment there is and beside a solver of another kind."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matching.assignment import FitMatrix, greatest_total_assignment, stable_assignment, total_fit
from matching.assignment.fit_matrix import MILLIONTHS
from tests.matching.assignment.fit_matrices import all_assignments, cases, fit_matrix, respects_places, worth


@settings(max_examples=150)
@given(cases(most=4))
def test_no_other_assignment_is_worth_more(case: tuple[FitMatrix, np.ndarray]) -> None:
    fits, places = case
    found = greatest_total_assignment(fits, places)
    assert respects_places(fits, places, found)
    assert worth(fits, found) == max(worth(fits, other) for other in all_assignments(fits, places))


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_a_linear_programme_finds_no_greater_total(seed: int) -> None:
    """HiGHS on the relaxed problem, whose optimum is whole: another method altogether, on larger cases."""
    random = np.random.default_rng(seed)
    rows, columns = random.integers(5, 25, size=2)
    score = np.where(random.random((rows, columns)) < 0.4, random.random((rows, columns)), np.nan)
    fits, places = FitMatrix(score, np.nan_to_num(score), np.nan_to_num(score)), random.integers(0, 4, size=columns)
    assert total_fit(fits, greatest_total_assignment(fits, places)) == pytest.approx(
        by_linear_programme(fits, places), abs=1e-6
    )


def by_linear_programme(fits: FitMatrix, places: np.ndarray) -> float:
    rows, columns = fits.score.shape
    once = np.kron(np.eye(rows), np.ones(columns))
    within = np.kron(np.ones(rows), np.eye(columns))
    bounds = [(0, 1 if fits.admissible.flat[n] else 0) for n in range(rows * columns)]
    answer = linprog(
        -fits.millionths.ravel() / MILLIONTHS,
        A_ub=np.vstack([once, within]),
        b_ub=np.concatenate([np.ones(rows), places]),
        bounds=bounds,
        method="highs",
    )
    return float(-answer.fun)


@given(cases())
def test_it_is_never_less_than_the_one_where_nobody_would_swap(case: tuple[FitMatrix, np.ndarray]) -> None:
    fits, places = case
    swap_free = total_fit(fits, stable_assignment(fits, places))
    assert total_fit(fits, greatest_total_assignment(fits, places)) >= swap_free


@given(cases())
def test_asked_twice_it_answers_the_same(case: tuple[FitMatrix, np.ndarray]) -> None:
    assert greatest_total_assignment(*case) == greatest_total_assignment(*case)


def test_the_second_best_for_one_can_be_the_best_for_all() -> None:
    fits = fit_matrix([[0.9, 0.8], [0.8, 0.1]])
    assert greatest_total_assignment(fits, np.array([1, 1])) == [(0, 1), (1, 0)]


def test_a_visitor_stays_alone_rather_than_with_a_host_that_may_not_be() -> None:
    fits = fit_matrix([[None, 0.5], [None, 0.9]])
    assert greatest_total_assignment(fits, np.array([5, 1])) == [(1, 1)]


def test_equals_are_spread_over_the_hosts() -> None:
    fits = fit_matrix([[0.5, 0.5]] * 4)
    assert sorted(column for _, column in greatest_total_assignment(fits, np.array([4, 4]))) == [0, 0, 1, 1]


def test_a_pair_that_shares_nothing_is_better_than_none() -> None:
    assert greatest_total_assignment(fit_matrix([[0.0]]), np.array([1])) == [(0, 0)]


@pytest.mark.parametrize("score", [[], [[]], [[None]]])
def test_nobody_to_assign(score: list) -> None:
    fits = fit_matrix(score)
    places = np.ones(fits.score.shape[1], dtype=int)
    assert (greatest_total_assignment(fits, places), stable_assignment(fits, places)) == ([], [])


@pytest.mark.parametrize("score", [[[1.5]], [[-0.1]]])
def test_a_fit_lies_between_0_and_1(score: list[list[float | None]]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fit_matrix(score)


def test_tables_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="same size"):
        FitMatrix(np.zeros((2, 2)), np.zeros((2, 1)), np.zeros((2, 2)))


def test_a_whole_generation_stays_within_the_places() -> None:
    """150 visitors and 60 hosts; 500 and 200 are measured by `./portal bench assigning`."""
    random = np.random.default_rng(7)
    score = np.where(random.random((150, 60)) < 0.3, random.random((150, 60)), np.nan)
    fits, places = FitMatrix(score, random.random((150, 60)), random.random((150, 60))), random.integers(0, 5, size=60)
    for solve in (greatest_total_assignment, stable_assignment):
        assert respects_places(fits, places, solve(fits, places))
