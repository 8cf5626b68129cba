"""What becomes of fields that were changed here, elsewhere, or both."""

import pytest

from cxc.workflow.merge import Baseline, digests, merge, parsed

READ = {"goals": "One", "learning": "Two\nlines", "days": [3, 1], "note": None}


@pytest.mark.parametrize(
    ("typed", "now", "expected"),
    [
        ({"goals": "Mine"}, {"goals": "One"}, ({"goals": "Mine"}, [], [])),
        ({"goals": "One"}, {"goals": "Theirs"}, ({}, ["goals"], [])),
        ({"goals": "Mine"}, {"goals": "Theirs"}, ({}, [], ["goals"])),
        ({"goals": "Same"}, {"goals": "Same"}, ({}, [], [])),
        ({"learning": "Two\r\nlines "}, {"learning": "Theirs"}, ({}, ["learning"], [])),
        ({"days": [1, 3]}, {"days": []}, ({}, ["days"], [])),
        ({"note": ""}, {"note": "Theirs"}, ({}, ["note"], [])),
        ({"unread": "Mine"}, {"unread": "Theirs"}, ({}, [], ["unread"])),
    ],
)
def test_each_field_is_merged_by_itself(typed: dict, now: dict, expected: tuple) -> None:
    merged = merge(typed, now, parsed(digests(READ)))
    assert (merged.mine, merged.theirs, merged.conflicts) == expected


def test_what_only_others_changed_is_not_read_on_from() -> None:
    """The page still shows the old text: its next save must not take that for a change."""
    baseline = Baseline(1, parsed(digests(READ)))
    typed = {"goals": "Mine", "learning": "Two\nlines"}
    merged = merge(typed, {"goals": "One", "learning": "Theirs"}, baseline.fields)
    later = parsed(baseline.after(typed, merged))
    assert merge(typed, {"goals": "Mine", "learning": "Theirs"}, later).mine == {}


@pytest.mark.parametrize("text", ["", "x", ":", "a:b c", "[" * 9999, "goals:\x00"])
def test_a_base_that_is_none_reads_as_nothing_known(text: str) -> None:
    assert merge({"goals": "Mine"}, {"goals": "One"}, parsed(text)).conflicts == ["goals"]
