"""What all charts are drawn with: elements, words with an estimated width, hatching, legends."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

Node = ET.Element

WIDTH = 360
FONT = 13
SMALL = 11
LINE = 17
"""Units from one line of words to the next."""

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!() "), frozenset("mwMWÆŒ@%")


@dataclass(frozen=True)
class ChartLabels:
    """A picture's key (unique on its page), its title and what it says in a sentence."""

    key: str
    title: str
    message: str


def node(parent: Node, tag: str, text: str = "", **attributes: object) -> Node:
    """A new child. `class_` is written `class`, `text_anchor` as `text-anchor`."""
    names = {name: name.rstrip("_").replace("_", "-") for name in attributes}
    found = ET.SubElement(parent, tag, {names[name]: _written(value) for name, value in attributes.items()})
    found.text = text or None
    return found


def _written(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def canvas(labels: ChartLabels, width: float = WIDTH, font: float = FONT) -> Node:
    """An empty picture that names itself to a screen reader; `to_svg` gives it its height."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "chart",
            "role": "img",
            "aria-labelledby": f"{labels.key}-title",
            "font-family": "Noto Sans, sans-serif",
            "font-size": _written(font),
            "viewBox": _written(width),
        },
    )
    node(root, "title", f"{labels.title}. {labels.message}", id=f"{labels.key}-title")
    return root


def to_svg(root: Node, height: float) -> SafeString:
    """The picture to be put into a page as it is: every word in it is escaped."""
    root.set("viewBox", f"0 0 {root.get('viewBox')} {_written(float(height))}")
    return mark_safe(ET.tostring(root, encoding="unicode"))


def with_style(svg: str, style: str) -> SafeString:
    """The same picture with its own style sheet: for where the page's does not reach, as in a PDF."""
    opening, end, rest = svg.partition(">")
    return mark_safe(f"{opening}{end}<style>{style}</style>{rest}")


def width_of(text: str, size: float = FONT) -> float:
    """About how many units the words take; rather more than less."""
    return sum(0.38 if letter in _NARROW else 0.98 if letter in _WIDE else 0.64 for letter in text) * size


def wrapped(text: str, width: float, size: float = FONT) -> list[str]:
    """The words in lines of at most this width; a longer word has a line to itself."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def hatch(root: Node, name: str, step: float = 5, *, cross: bool = False, scale: float = 1) -> str:
    """Slanting lines as a filling; the answer goes into `fill`. `step` units apart."""
    size = step * scale
    pattern = node(
        root, "pattern", id=name, width=size, height=size, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    node(pattern, "rect", width=size, height=size, class_="c-back")
    node(pattern, "path", d=f"M0 0V{_written(float(size))}", class_="c-hatch", stroke_width=2.4 * scale)
    if cross:
        node(pattern, "path", d=f"M0 0H{_written(float(size))}", class_="c-hatch", stroke_width=2.4 * scale)
    return f"url(#{name})"


def block(root: Node, x: float, y: float, width: float, height: float, fill: str = "") -> None:
    """A bar: solid, or with a hatching."""
    if fill:
        node(root, "rect", x=x, y=y, width=width, height=height, fill=fill, class_="c-edge")
    else:
        node(root, "rect", x=x, y=y, width=width, height=height, class_="c-solid")


def fills(root: Node, labels: ChartLabels, number: int) -> list[str]:
    """How each of at most two series is filled: the first solid, the second hatched."""
    return ["", hatch(root, f"{labels.key}-hatch")][:number] if number > 1 else [""]


def legend(root: Node, entries: list[tuple[str, str]], y: float) -> float:
    """Swatches with their words (fill, word), in as many lines as they need; where the next thing goes."""
    x = 0.0
    for fill, word in entries:
        needed = 20 + width_of(word)
        if x and x + needed > WIDTH:
            x, y = 0, y + LINE
        block(root, x + 0.5, y + 0.5, 13, 11, fill)
        node(root, "text", word, x=x + 19, y=y + 11)
        x += needed + 14
    return y + LINE + 6
