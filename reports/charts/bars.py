"""Horizontal bars, one or two series side by side, each with its number."""

from collections.abc import Sequence

from reports.charts.svg import (
    FONT,
    LINE,
    WIDTH,
    ChartLabels,
    Node,
    block,
    canvas,
    fills,
    legend,
    node,
    to_svg,
    width_of,
    wrapped,
)

# Words of at most this width stand left of their bars, longer ones above them.
_BESIDE = 122
_THICK = 13
_BETWEEN = 9

Row = tuple[str, Sequence[int]]


def bars(labels: ChartLabels, series: Sequence[str], rows: Sequence[Row], *, of: int = 0) -> str:
    """A row of bars for each word, as long as its numbers. With `of`, each number has its share of that total."""
    root = canvas(labels)
    filled = fills(root, labels, len(series))
    y = legend(root, list(zip(filled, series, strict=True)), 0) if len(series) > 1 else 0.0
    left = _left(rows)
    texts = {number: _text(number, of) for _, numbers in rows for number in numbers}
    room = WIDTH - left - max((width_of(text) for text in texts.values()), default=0) - 8
    longest = max((number for _, numbers in rows for number in numbers), default=0) or 1
    top = y
    for word, numbers in rows:
        y = _row(root, y, left, word, [(number * room / longest, texts[number]) for number in numbers], filled)
    if left:
        node(root, "path", d=f"M{left:.0f} {top:.0f}V{max(y - _BETWEEN, top):.0f}", class_="c-axis")
    return to_svg(root, max(y - _BETWEEN + 2, LINE))


def _text(number: int, of: int) -> str:
    return f"{number} ({round(100 * number / of)}\u00a0%)" if of else str(number)


def _left(rows: Sequence[Row]) -> float:
    """How much room the words have left of the bars; 0 when they go above."""
    lines = [line for word, _ in rows for line in wrapped(word, _BESIDE)]
    widest = max((width_of(line) for line in lines), default=0)
    tall = any(len(wrapped(word, _BESIDE)) > 2 for word, _ in rows)
    return 0 if tall or widest > _BESIDE else widest + 6


def _row(root: Node, y: float, left: float, word: str, lengths: list[tuple[float, str]], filled: list[str]) -> float:
    lines = wrapped(word, _BESIDE if left else WIDTH)
    high = len(lengths) * (_THICK + 2)
    if left:
        high = max(high, len(lines) * (LINE - 2))
        start = y + (high - len(lines) * (LINE - 2)) / 2
    else:
        start, high, y = y, high + len(lines) * LINE, y + len(lines) * LINE
    for index, line in enumerate(lines):
        node(root, "text", line, x=0, y=start + FONT - 1 + index * (LINE - 2))
    bar = y + max(0, (high - len(lengths) * (_THICK + 2)) / 2) if left else y
    for (length, text), fill in zip(lengths, filled, strict=True):
        if length:
            block(root, left, bar, max(length, 1.5), _THICK, fill)
        node(root, "text", text, x=left + length + 5, y=bar + FONT - 1.5, class_="c-number")
        bar += _THICK + 2
    return (y + high if left else start + high) + _BETWEEN
