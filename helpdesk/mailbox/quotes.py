"""What somebody wrote in an answer by mail, without what it answers to."""

import re

# Our mails begin with this line; mail programs quote it, whatever their language.
MARKER = "##- Write your answer above this line -##"

_INTRODUCTIONS = re.compile(
    r"^(?:"
    r"(?:On|Am|Le|El|Il|Op|Em|Den|W dniu|Dne)\b.{4,250}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu"
    r"|skrev|napisał|napsal)[^:\n]{0,120}\s?:"
    r"|-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d.origine|Mensaje original|Messaggio originale)"
    r"\s*-{2,}"
    r"|_{20,}"
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
_LONGEST_INTRODUCTION = 400
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def without_quotes(text: str) -> str:
    """The new part: before our line, an introduction such as “On … wrote:”, or a signature; no “>” lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    text = text.partition(MARKER)[0]
    text = _before(_introduction(text), text)
    found = _SIGNATURE.search(text)
    text = _before(found.start() if found else None, text)
    lines = [line.rstrip() for line in text.split("\n") if not line.lstrip().startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _introduction(text: str) -> int | None:
    """Where the introduction of a quotation begins; it may be broken over two or three lines."""
    for found in re.finditer(r"^\S.*$", text, re.MULTILINE):
        if _INTRODUCTIONS.match(text[found.start() : found.start() + _LONGEST_INTRODUCTION].split("\n\n")[0]):
            return found.start()
    return None


def _before(position: int | None, text: str) -> str:
    return text if position is None else text[:position]
