"""What somebody wrote in an answer by mail, without what it answers to.

A line is left out only where there is proof that it is quoted: it begins with “>”, or, below the line where a
quotation begins, it stands in the mail that is answered, in its order. A line that merely looks like the head of a
quotation is one only where a quotation follows. In doubt everything stays. Rule: docs/help.md, Mails.
"""

import re
from collections.abc import Iterable, Sequence

from helpdesk.mailbox.quote_headers import quote_header_length

# Our mails begin with this line; mail programs quote it, whatever their language.
MARKER = "##- Write your answer above this line -##"
_MAX_SIGNATURE_LINES = 10
_MAX_HEADER_LINES = 12
# Lines of fewer letters stand in any mail by chance (“Yes”): they are quoted right after what was.
_MIN_DISTINCTIVE_LETTERS = 12
_WORD = re.compile(r"\w+")
# What mail programs add to a text of ours: where a link leads, and pictures.
_ADDED = re.compile(r"<https?://[^>\s]*>|\[cid:[^\]]*\]", re.IGNORECASE)


def without_quotes(text: str, originals: Iterable[str] = ()) -> str:
    """What is new in a mail that answers one of these texts."""
    lines = _lines(text)
    quoted = max((_quoted(lines, original) for original in (*originals, "")), key=len)
    left_out = quoted | _signature(lines, quoted)
    new = [_ADDED.sub("", line).rstrip() for number, line in enumerate(lines) if number not in left_out]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(new)).strip()


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u202f", " ")
    return text.split("\n")


def _quoted(lines: Sequence[str], original: str) -> set[int]:
    """The numbers of the lines that are quoted from this text, with the heads of quotations before them."""
    known = _lines_of_original(lines, original)
    marked = {number for number, line in enumerate(lines) if line.lstrip().startswith(">")}
    quoted = known | marked | _quote_headers(lines, known | marked)
    if len(quoted | _blank(lines)) < len(lines):
        return quoted
    # Somebody wrote within the quotation: only what the portal wrote, and how it is introduced, is left out.
    return known | _blank(lines) | _quote_headers(lines, known | _blank(lines))


def _lines_of_original(lines: Sequence[str], original: str) -> set[int]:
    """The lines that stand in the text, in its order, from where a quotation may begin."""
    text, at = f" {_words(original)} ", 0
    found = {number for number, line in enumerate(lines) if MARKER in line}
    for number in range(_possible_start(lines), len(lines)):
        words = _words(lines[number])
        position = text.find(f" {words} ", at) if words else -1
        if position >= 0 and (len(words) >= _MIN_DISTINCTIVE_LETTERS or position == at):
            found.add(number)
            at = position + len(words) + 1
    return found | _wordless_between(lines, found)


def _wordless_between(lines: Sequence[str], known: set[int]) -> set[int]:
    """Rules and dashes with what was quoted above and below them."""
    with_text = [number for number, line in enumerate(lines) if line.strip(" >\t")]
    beside = zip(with_text, with_text[1:], with_text[2:], strict=False)
    return {at for before, at, after in beside if {before, after} <= known and not _words(lines[at])}


def _words(line: str) -> str:
    return " ".join(_WORD.findall(_ADDED.sub("", line).casefold()))


def _possible_start(lines: Sequence[str]) -> int:
    """The first line of what may be a quotation; the number of lines where there is none."""
    before = 0  # the line above the portal's own: its greeting
    for number, line in enumerate(lines):
        if MARKER in line:
            return before
        if line.lstrip().startswith(">") or quote_header_length(lines[number : number + _MAX_HEADER_LINES]):
            return number
        before = number if line.strip() else before
    return len(lines)


def _blank(lines: Sequence[str]) -> set[int]:
    return {number for number, line in enumerate(lines) if not line.strip(" >\t")}


def _quote_headers(lines: Sequence[str], quoted: set[int]) -> set[int]:
    """Lines such as “On … wrote:” that a quotation follows."""
    found: set[int] = set()
    for number in range(len(lines)):
        if number in quoted or number in found:
            continue
        length = quote_header_length(lines[number : number + _MAX_HEADER_LINES])
        if length and quoted & set(_next(lines, number + length)):
            found |= set(range(number, number + length))
    return found


def _next(lines: Sequence[str], number: int) -> list[int]:
    """The next lines from this one on that are not blank: one of our own may stand below a warning of a mail server."""
    return [at for at in range(number, len(lines)) if lines[at].strip()][:2]


def _signature(lines: Sequence[str], quoted: set[int]) -> set[int]:
    """The lines of a signature: after “-- ” exactly (RFC 3676), few, and nothing but quotations after them."""
    start = next((number for number, line in enumerate(lines) if line == "-- " and number not in quoted), None)
    if start is None:
        return set()
    end = next((number for number in range(start, len(lines)) if number in quoted), len(lines))
    new = {number for number, line in enumerate(lines) if line.strip() and number not in quoted}
    is_one = len(new & set(range(start + 1, end))) <= _MAX_SIGNATURE_LINES
    has_more = any(number >= end for number in new) or not any(number < start for number in new)
    return set(range(start, end)) if is_one and not has_more else set()
