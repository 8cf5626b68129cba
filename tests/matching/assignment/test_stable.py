"""The assignment in which no pair would rather swap."""

import numpy as np
from hypothesis import given, settings

from matching.assignment import FitMatrix, find_blocking_pairs, stable_assignment
from tests.matching.assignment.fit_matrices import all_assignments, cases, fit_matrix, respects_places


def blocking_pairs_by_definition(
    fits: FitMatrix, places: np.ndarray, result: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The same, said plainly: pair by pair, straight from the fits."""

    def visitor_prefers(row: int, new: int, old: int) -> bool:
        return (*key(fits.visitors, row, new), -new) > (*key(fits.visitors, row, old), -old)

    def host_prefers(column: int, new: int, old: int) -> bool:
        return (*key(fits.hosts, new, column), -new) > (*key(fits.hosts, old, column), -old)

    def key(directed: np.ndarray, row: int, column: int) -> tuple[float, ...]:
        return (directed[row, column], fits.score[row, column])

    has = dict(result)
    found = []
    for row, column in np.argwhere(fits.admissible).tolist():
        held = [other for other, host in result if host == column]
        visitor = row not in has or (has[row] != column and visitor_prefers(row, column, has[row]))
        host = len(held) < places[column] or any(host_prefers(column, row, other) for other in held)
        if visitor and host and row not in held and places[column] > 0:
            found.append((row, column))
    return found


@settings(max_examples=200)
@given(cases())
def test_no_pair_would_rather_swap(case: tuple[FitMatrix, np.ndarray]) -> None:
    fits, places = case
    found = stable_assignment(fits, places)
    assert respects_places(fits, places, found)
    assert blocking_pairs_by_definition(fits, places, found) == []


@settings(max_examples=60)
@given(cases(most=3))
def test_those_who_would_swap_are_the_same_by_the_plain_words(case: tuple[FitMatrix, np.ndarray]) -> None:
    fits, places = case
    for other in all_assignments(fits, places):
        assert find_blocking_pairs(fits, places, other) == blocking_pairs_by_definition(fits, places, other)


@settings(max_examples=60)
@given(cases(most=3))
def test_no_other_such_assignment_is_better_for_a_visitor(case: tuple[FitMatrix, np.ndarray]) -> None:
    fits, places = case
    mine = dict(stable_assignment(fits, places))
    for other in all_assignments(fits, places):
        if not blocking_pairs_by_definition(fits, places, other):
            assert all(not_worse(fits, row, mine.get(row), column) for row, column in other)


def not_worse(fits: FitMatrix, row: int, mine: int | None, other: int) -> bool:
    if mine is None:
        return False
    order = [(fits.visitors[row, c], fits.score[row, c], -c) for c in (mine, other)]
    return order[0] >= order[1]


def test_each_side_by_its_own_wishes() -> None:
    """The visitors both want the first host; it wants the second visitor."""
    fits = fit_matrix([[0.9, 0.5], [0.8, 0.7]], visitors=[[0.9, 0.1], [0.9, 0.1]], hosts=[[0.2, 0.5], [0.7, 0.5]])
    assert stable_assignment(fits, np.array([1, 1])) == [(0, 1), (1, 0)]


def test_equals_go_by_score_then_by_their_place_in_the_list() -> None:
    same = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
    assert stable_assignment(fit_matrix(same), np.array([1, 1])) == [(0, 0), (1, 1)]
    fits = fit_matrix([[0.1, 0.1], [0.2, 0.2]], visitors=[[0.5, 0.5]] * 2, hosts=[[0.5, 0.5]] * 2)
    assert stable_assignment(fits, np.array([1, 0])) == [(1, 0)]


def test_a_host_without_a_place_takes_nobody() -> None:
    fits = fit_matrix([[0.9, 0.1]])
    assert stable_assignment(fits, np.array([0, 1])) == [(0, 1)]
    assert find_blocking_pairs(fits, np.array([0, 1]), [(0, 1)]) == []
