"""A frozen document thaws to the same values, so that its version prints the same again."""

import json

import pytest

from exchanges.documents.contexts import CtqContext, FaContext
from exchanges.documents.snapshot import from_snapshot, to_snapshot
from tests.exchanges.documents import samples


@pytest.mark.parametrize("name", ["CTQ", "FA", "FAR", "LONGEST_CTQ", "LONGEST_FA", "LONGEST_FAR"])
def test_thaws_to_what_was_frozen(name: str) -> None:
    context = getattr(samples, name)
    assert from_snapshot(type(context), json.loads(json.dumps(to_snapshot(context)))) == context


def test_amounts_are_kept_to_the_cent() -> None:
    assert (to_snapshot(samples.FA)["ceiling"], to_snapshot(samples.FA)["head"]["dated"]) == ("830.00", "2026-03-02")


def test_content_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        from_snapshot(CtqContext, to_snapshot(samples.FA))
    with pytest.raises(TypeError):
        from_snapshot(FaContext, {})
