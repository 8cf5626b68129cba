"""The rules that `./portal bench broken_rules` breaks are still where they are said to be."""

import pytest

from benchmarks.broken.rules import RULES, Rule
from benchmarks.broken_rules import broken
from launch.paths import ROOT


def test_there_are_thirty_different_ones() -> None:
    assert len({rule.sentence for rule in RULES}) == len({(rule.file, rule.right) for rule in RULES}) == 30


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.sentence)
def test_each_can_be_broken_and_names_tests(rule: Rule) -> None:
    text = (ROOT / rule.file).read_text()
    compile(broken(rule, text), rule.file, "exec")
    assert broken(rule, text) != text
    assert all((ROOT / path).is_file() for path in rule.tests.split())
