"""What every test has at hand."""

from collections.abc import Iterator

import pytest

from cxc import clock
from tests.world.paths import NOW


@pytest.fixture
def now() -> Iterator[None]:
    """The clock held at the test world's morning."""
    with clock.at(NOW):
        yield
