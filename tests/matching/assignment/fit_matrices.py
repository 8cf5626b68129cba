"""Tables of fits, by chance and by hand."""

from collections import Counter
from itertools import product

import numpy as np
from hypothesis import strategies as st

from matching.assignment import Assignment, FitMatrix, total_fit

# Few different values, so that ties are common; None: may not be proposed.
VALUES = st.sampled_from([None, 0.0, 0.1, 0.25, 0.25, 0.5, 0.5, 0.333333, 0.9, 1.0])


def fit_matrix(score: list[list[float | None]], visitors: object = None, hosts: object = None) -> FitMatrix:
    """Where nothing else is said, both sides see the pair's score."""
    found = np.array([[np.nan if value is None else value for value in row] for row in score], dtype=float)
    found = found.reshape(len(score), len(score[0]) if score else 0)
    plain = np.nan_to_num(found)
    return FitMatrix(
        found, plain if visitors is None else np.array(visitors), plain if hosts is None else np.array(hosts)
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 5) -> tuple[FitMatrix, np.ndarray]:
    """A small table with directed fits of its own, and places from 0 to 3."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))

    def numbers(values: st.SearchStrategy) -> list[list]:
        one = st.lists(values, min_size=columns, max_size=columns)
        return draw(st.lists(one, min_size=rows, max_size=rows))

    directed = st.sampled_from([0.0, 0.2, 0.2, 0.5, 0.8, 1.0])
    places = draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns))
    return fit_matrix(numbers(VALUES), numbers(directed), numbers(directed)), np.array(places)


def all_assignments(fits: FitMatrix, places: np.ndarray) -> list[Assignment]:
    """Every assignment that there is, one by one."""
    rows, columns = fits.score.shape
    choices = [[None, *(c for c in range(columns) if fits.admissible[r, c])] for r in range(rows)]
    found = []
    for chosen in product(*choices):
        taken = [column for column in chosen if column is not None]
        if all(taken.count(column) <= places[column] for column in set(taken)):
            found.append([(row, column) for row, column in enumerate(chosen) if column is not None])
    return found


def worth(fits: FitMatrix, result: Assignment) -> tuple[float, int]:
    """The total, and how evenly it is spread: what each pair finds of its host's places, the first worth most."""
    most = len(fits.score)
    taken = Counter(column for _, column in result)
    return total_fit(fits, result), sum(most - turn for number in taken.values() for turn in range(number))


def respects_places(fits: FitMatrix, places: np.ndarray, result: Assignment) -> bool:
    """Admissible, within the places, each visitor once."""
    visitors, hosts = [row for row, _ in result], [column for _, column in result]
    return (
        all(fits.admissible[pair] for pair in result)
        and len(set(visitors)) == len(visitors)
        and all(hosts.count(column) <= places[column] for column in set(hosts))
    )
