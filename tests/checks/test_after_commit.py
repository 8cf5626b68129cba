"""What follows a commit goes through `cxc.core.after_commit`: the check finds every other way."""

import ast

import pytest

from checks.after_commit import check
from checks.source import Module, dotted, modules
from cxc.celery import app


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("transaction.on_commit(partial(send, 1), robust=True)", 1),
        ("make_pdf.delay(1)", 1),
        ("make_pdf.apply_async((1,))", 1),
        ("current_app.send_task('a')", 1),
        ("after_commit(send, 1)\nhand_over(make_pdf, (1,))", 0),
    ],
)
def test_what_follows_a_commit_goes_one_way(source: str, faults: int) -> None:
    assert len(list(check(Module("profiles/services/a.py", source)))) == faults


def test_the_one_way_itself_may_use_the_others() -> None:
    assert list(check(Module("cxc/core/after_commit.py", "transaction.on_commit(call)"))) == []


def test_whatever_is_handed_over_by_name_is_a_task() -> None:
    app.loader.import_default_modules()
    names = {
        node.args[0].value
        for module in modules("cxc", "profiles", "helpdesk", "matching", "exchanges", "reports")
        for node in module.nodes
        if isinstance(node, ast.Call) and dotted(node.func) == "hand_over" and isinstance(node.args[0], ast.Constant)
    }
    assert names
    assert names <= set(app.tasks)
