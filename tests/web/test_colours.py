"""One place names colours; the others take them from there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgba?|hsla?)\((?!var)")
OTHERS = sorted(path.name for path in FOLDER.glob("*.css") if path.name != "theme.css")
PAIRS = re.compile(r"--cxc-(\w+(?:-\w+)*): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
THEME = {name: colours for name, *colours in PAIRS.findall((FOLDER / "theme.css").read_text())}
TONES = ("neutral", "info", "primary", "success", "warning", "danger")
TEXTS = [
    *(("text", ground) for ground in ("page", "surface", "surface-quiet")),
    *(("text-quiet", ground) for ground in ("page", "surface", "surface-quiet")),
    *((name, ground) for name in ("blue", "danger-strong") for ground in ("page", "surface", "surface-quiet")),
    *((f"{tone}-text", f"{tone}-bg") for tone in TONES),
    *((f"{tone}-text", "surface") for tone in ("success", "warning")),
    ("on-blue", "blue"),
    ("on-blue", "blue-strong"),
    ("on-danger", "danger-strong"),
]
EDGES = [(name, ground) for name in ("control-line", "focus") for ground in ("page", "surface")]


@pytest.mark.parametrize("name", OTHERS)
def test_no_colour_is_named_elsewhere(name: str) -> None:
    declared = re.findall(r":\s*([^;{}]+)[;}]", (FOLDER / name).read_text())
    assert [value for value in declared if LITERAL.search(value)] == []


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXTS)
def test_words_can_be_read(words: str, ground: str, theme: int) -> None:
    assert contrast(THEME[words][theme], THEME[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), EDGES)
def test_controls_and_the_focus_stand_out(line: str, ground: str, theme: int) -> None:
    assert contrast(THEME[line][theme], THEME[ground][theme]) >= 3


def contrast(one: str, other: str) -> float:
    """Of two colours, by WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
