"""`./portal bench` takes a file where one is measured, and nowhere else."""

import pytest

from launch.commands import bench
from launch.paths import UserError


def test_a_file_for_a_benchmark_that_measures_none_is_refused() -> None:
    with pytest.raises(UserError, match="bench scale takes no --file"):
        bench.run("scale", None, __file__)


def test_a_benchmark_that_measures_a_file_asks_for_one() -> None:
    with pytest.raises(UserError, match="bench text needs --file FILE"):
        bench.run("text", None)
