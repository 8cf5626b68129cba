"""Each document is rendered once for all tests that look at it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from cxc.documents.pdf import Mark
from exchanges.documents import render_document
from tests.exchanges.documents import samples


@cache
def _rendered(name: str, mark: Mark) -> bytes:
    context = getattr(samples, name)
    return render_document(replace(context, head=replace(context.head, mark=mark)))


@pytest.fixture
def rendered() -> Callable[..., bytes]:
    """The PDF of a sample by its name, with a mark across its pages if wished."""

    def by_name(name: str, mark: Mark = "") -> bytes:
        return _rendered(name, mark)

    return by_name
