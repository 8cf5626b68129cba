"""What somebody wrote in an answer by mail, without what it answers to."""

import re

# Our mails begin with this line; mail programs quote it, whatever their language.
MARKER = "##- Write your answer above this line -##"

# “On … wrote:” in the languages of many mail programs, often broken over two or three lines.
_BEGINNINGS = ("on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "dne ", "w dniu ")
_VERBS = (
    "wrote",
    "schrieb",
    "a écrit",
    "escribió",
    "ha scritto",
    "schreef",
    "escreveu",
    "skrev",
    "napisał",
    "napsal",
)
_LINES_OF_ONE = 3
_RULES = re.compile(
    r"-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d.origine|Mensaje original|Messaggio originale)"
    r"\s*-{2,}|_{20,}",
    re.IGNORECASE,
)


def without_quotes(text: str) -> str:
    """The new part: before our line, an introduction such as “On … wrote:”, or a signature; no “>” lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = text.partition(MARKER)[0].split("\n")
    end = next((number for number in range(len(lines)) if _ends_here(lines, number)), len(lines))
    kept = [line.rstrip() for line in lines[:end] if not line.lstrip().startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _ends_here(lines: list[str], number: int) -> bool:
    """Whether what follows from this line on is a signature or a quotation."""
    line = lines[number].rstrip()
    return line == "--" or _RULES.fullmatch(line.strip()) is not None or _introduces(lines, number)


def _introduces(lines: list[str], number: int) -> bool:
    if not lines[number].lower().startswith(_BEGINNINGS):
        return False
    said = ""
    for line in lines[number : number + _LINES_OF_ONE]:
        if not line.strip():
            return False
        said += " " + line.strip().lower()
        if said.endswith(":"):
            return any(verb in said for verb in _VERBS)
    return False
