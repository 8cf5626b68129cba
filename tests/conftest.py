"""What every test has at hand."""

from collections.abc import Iterator

import hypothesis
import pytest

from cxc import clock
from tests.world.paths import NOW

# No test may fail because the machine is busy: speed is measured by `./portal bench`.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture
def now() -> Iterator[None]:
    """The clock held at the test world's morning."""
    with clock.at(NOW):
        yield
