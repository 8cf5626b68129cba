"""The code that every page of a stored document prints, by which anybody finds the version that the page belongs to."""

import re
import secrets

# Without 0, 1, I and O, which are taken for each other on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP_LENGTH = 4, 4
LENGTH = GROUPS * (GROUP_LENGTH + 1) - 1
PATTERN = rf"^([{ALPHABET}]{{{GROUP_LENGTH}}}-){{{GROUPS - 1}}}[{ALPHABET}]{{{GROUP_LENGTH}}}$"
# Where it stands in the text of a page.
WITHIN_TEXT = rf"\b(?:[{ALPHABET}]{{{GROUP_LENGTH}}}-){{{GROUPS - 1}}}[{ALPHABET}]{{{GROUP_LENGTH}}}\b"


def new_code() -> str:
    """Sixteen random characters (80 bits) in groups of four: "7KQM-X2RD-W4TN-H8BC"."""
    return _in_groups("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH)))


def code_as_printed(typed: str) -> str:
    """A code that somebody typed, in the way it is printed; "" where it can't be one."""
    characters = re.sub(r"[\s‐-―-]", "", typed).upper()
    code = _in_groups(characters)
    return code if re.fullmatch(PATTERN, code) else ""


def _in_groups(characters: str) -> str:
    return "-".join(characters[at : at + GROUP_LENGTH] for at in range(0, len(characters), GROUP_LENGTH))
