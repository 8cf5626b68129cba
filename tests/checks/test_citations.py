"""The check that a cited rule names a page of the docs and a section of it."""

import pytest

from checks.citations import check, check_text


def faults(text: str) -> list[str]:
    return [fault.text for fault in check_text("x.py", f'"""{text}"""')]


@pytest.mark.parametrize(
    "text",
    [
        "Rule: docs/rules.md.",
        "Rule: docs/rules.md, Places.",
        "Rule: docs/rules.md, Places; Matches. More of it.",
        "Rule: docs/rules.md, Places; docs/open-visits.md, Who can come.",
        "Rule: docs/rules.md,\n    Working days.",
        "The pay-out rule: half of it.",
    ],
)
def test_what_exists_may_be_cited(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Rule: lifecycles, Match.", "a rule names a page of the docs, as docs/rules.md: lifecycles, Match"),
        ("Rule: docs/rules.md, Nowhere.", "docs/rules.md has no section “Nowhere”"),
        ("Rule: docs/rules.md, Places; Nowhere.", "docs/rules.md has no section “Nowhere”"),
        ("Rule: docs/nothing.md.", "there is no docs/nothing.md"),
    ],
)
def test_what_does_not_exist_may_not(text: str, fault: str) -> None:
    assert faults(text) == [fault]


def test_every_citation_of_the_project_exists() -> None:
    assert list(check()) == []
