"""A whole in two parts, one bar for each of several wholes."""

from collections.abc import Sequence

from reports.charts.svg import LINE, WIDTH, ChartLabels, block, canvas, fills, node, to_svg, wrapped

_THICK = 24


def shares(labels: ChartLabels, parts: Sequence[str], wholes: Sequence[tuple[str, Sequence[int]]]) -> str:
    """For each whole a bar of full width, cut in two, with each part's number and share beneath its end.

    A whole of nothing has words and no bar.
    """
    root = canvas(labels)
    filled = fills(root, labels, 2)
    y = 0.0
    for word, (first, second) in wholes:
        node(root, "text", word, x=0, y=y + 12, class_="c-strong")
        y += LINE + 2
        total = first + second
        cut = WIDTH * first / total if total else 0
        if first:
            block(root, 0.5, y, max(cut - 1, 1), _THICK, filled[0])
        if second:
            block(root, cut + 0.5, y, max(WIDTH - cut - 1, 1), _THICK, filled[1])
        y += (_THICK if total else 0) + LINE - 2
        texts = [_text(part, number, total) for part, number in zip(parts, (first, second), strict=True)]
        for x, anchor, text in ((0, "start", texts[0]), (WIDTH, "end", texts[1])):
            for index, line in enumerate(wrapped(text, WIDTH / 2 - 8)):
                node(root, "text", line, x=x, y=y + index * (LINE - 2), text_anchor=anchor, class_="c-number")
        y += LINE * max(len(wrapped(text, WIDTH / 2 - 8)) for text in texts) + 8
    return to_svg(root, max(y - 14, LINE))


def _text(part: str, number: int, total: int) -> str:
    return f"{part}: {number} ({round(100 * number / total)}\u00a0%)" if total else f"{part}: 0"
