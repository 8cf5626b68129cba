"""Free texts as they are stored: cleaned of what nobody can see, counted in one way, within one of three limits.

Rule: docs/rules.md, Texts. A line break counts as one character: a browser sends it as two, which become one first.
"""

import re
import unicodedata

SHORT, PARAGRAPH, LONG = 200, 2_000, 5_000

# What one can't see and did not mean: directions, joiners, marks of byte order, soft hyphens, invisible operators.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
# In a text of several lines joiners stay: they hold emoji and some scripts together.
_INVISIBLE_IN_LINES = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_HIDDEN_IN_LINES = re.compile(f"[{_INVISIBLE_IN_LINES}]")
_BLANKS = re.compile("[^\\S\u00a0\u202f]")  # but the blanks that hold words together stay

# The same set for PostgreSQL's regular expressions: what a one-line column never holds.
NOT_IN_ONE_LINE = (
    r"[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)

# Word writes its bullets and arrows with the private signs of the fonts Symbol and Wingdings.
_WORDS_OWN = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf076": "❖",
        "\uf0fc": "✓",
        "\uf0fb": "✗",
        "\uf06f": "□",
        "\uf0a8": "□",
        "\uf06e": "■",
        "\uf06c": "●",
        "\uf0e0": "→",
        "\uf0df": "←",
        "\uf0f0": "⇨",
        "\uf02d": "–",
        "\uf0ae": "→",
        "\uf0ac": "←",
        "\uf0b0": "°",
        "\uf0b1": "±",
    }
)


def storable(text: str) -> str:
    """The text without what PostgreSQL can't hold and nobody can type: NUL, and halves of characters."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def one_line(text: str) -> str:
    """The text on one line: breaks and tabs are blanks, what is invisible is left out, letters are composed."""
    seen = _HIDDEN.sub("", _CONTROL.sub("", _BREAKS.sub(" ", storable(text))))
    return _composed(_BLANKS.sub(" ", seen)).strip()


def in_lines(text: str) -> str:
    """The text with each line break as one character, without control characters and what turns directions."""
    seen = _HIDDEN_IN_LINES.sub("", _CONTROL.sub("", _BREAKS.sub("\n", storable(text))))
    return _composed(seen).strip()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_WORDS_OWN))


def whole_number(text: object) -> int | None:
    """The number that an address or a hidden field says; None for what is none, or too long for any column."""
    figures = str(text)
    return int(figures) if figures.isascii() and figures.isdecimal() and len(figures) < 19 else None


def one_full_stop(sentence: str) -> str:
    """The sentence with one full stop at its end, also where it ends with a name such as "Rossi S.r.l."."""
    return sentence[:-1] if sentence.endswith("..") and not sentence.endswith("...") else sentence
