"""What is done against a target: a bar in two parts and a line that it should reach."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.svg import (
    LINE,
    WIDTH,
    ChartLabels,
    Node,
    block,
    canvas,
    hatch,
    legend,
    node,
    to_svg,
    width_of,
    wrapped,
)

_THICK = 14


@dataclass(frozen=True)
class Goal:
    """Whose, how much is wanted, how much there is, how much of that is finished, and that in words."""

    word: str
    target: int
    done: int
    finished: int
    text: str


def bullets(labels: ChartLabels, words: tuple[str, str, str], goals: Sequence[Goal]) -> str:
    """A bar for each goal, all on one scale. `words`: finished, done but not finished, target."""
    root = canvas(labels)
    fill = hatch(root, f"{labels.key}-hatch")
    y = legend(root, [("", words[0]), (fill, words[1])], 0)
    y = _target_word(root, y - 6, words[2])
    most = max((max(goal.target, goal.done) for goal in goals), default=0) or 1
    for goal in goals:
        y = _goal(root, y, goal, (WIDTH - 4) / most, fill)
    return to_svg(root, max(y - 8, LINE))


def _target_word(root: Node, y: float, word: str) -> float:
    node(root, "rect", x=5, y=y - 1, width=3, height=15, class_="c-target")
    node(root, "text", word, x=19, y=y + 11)
    return y + LINE + 8


def _goal(root: Node, y: float, goal: Goal, scale: float, fill: str) -> float:
    beside = width_of(goal.word) + width_of(goal.text) + 12 <= WIDTH
    for line in wrapped(goal.word, WIDTH):
        node(root, "text", line, x=0, y=y + 12, class_="c-strong")
        y += LINE
    if beside:
        node(root, "text", goal.text, x=WIDTH, y=y - LINE + 12, text_anchor="end", class_="c-number")
    else:
        node(root, "text", goal.text, x=0, y=y + 12, class_="c-number")
        y += LINE
    node(root, "rect", x=0.5, y=y + 0.5, width=max(goal.target * scale, 1), height=_THICK - 1, class_="c-track")
    if goal.finished:
        block(root, 0.5, y + 0.5, goal.finished * scale, _THICK - 1)
    if goal.done > goal.finished:
        block(root, 0.5 + goal.finished * scale, y + 0.5, (goal.done - goal.finished) * scale, _THICK - 1, fill)
    node(root, "rect", x=goal.target * scale - 0.5, y=y - 2, width=3, height=_THICK + 4, class_="c-target")
    return y + _THICK + 12
