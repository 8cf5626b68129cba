"""Letters that a language sorts as letters of their own: Swedish `å ä ö` after `z`, Polish `ł` between `l` and `m`.

All other marks do not count in sorting: German sorts `ä` as `a` (DIN 5007-1), French `é` as `e`, as the folded key
does. The letters are those of the Unicode Consortium's rules (CLDR) for the official languages of the EU and Norwegian;
a language that is not named here has none.
"""

import re
from functools import cache
from unicodedata import normalize

# Each group begins with a plain letter; the others come behind it, in this order. `ö=ő`: the two count as one letter.
_GROUPS = {
    "cs": "c č, h ch, r ř, s š, z ž",
    "da": "z æ=ä ø=ö å=aa",
    "es": "n ñ",
    "et": "s š z ž, w õ ä ö ü",
    "fi": "z å ä=æ ö=ø",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö=ő, s sz, t ty, u ü=ű, z zs",
    "lt": "c č, s š, z ž",
    "lv": "c č, g ģ, k ķ, l ļ, n ņ, r ŗ, s š, z ž",
    "nb": "z æ=ä ø=ö å=aa",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "ro": "a ă â, i î, s ș=ş, t ț=ţ",
    "sk": "a ä, c č, h ch, o ô, s š, z ž",
    "sl": "c č ć, d đ, s š, z ž",
    "sv": "z å ä=æ ö=ø",
}
# Signs that come behind every letter, and that the folded key keeps: Unicode's private ones.
_BEHIND = 0xE000


def own_letters_marked(text: str, language: str | None) -> str:
    """The text with signs in place of the letters that this language sorts as its own; its folded key is to sort by."""
    own = _own_letters((language or "").partition("-")[0])
    if not own:
        return text
    letters = _pattern(tuple(own))
    return letters.sub(lambda found: own[found[0]], normalize("NFC", text).lower())


@cache
def _pattern(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these letters, the longest first: Hungarian has `dz` and `dzs`."""
    return re.compile("|".join(sorted(letters, key=len, reverse=True)))


@cache
def _own_letters(language: str) -> dict[str, str]:
    """Each letter with the plain one that it stands behind and its sign."""
    own: dict[str, str] = {}
    for group in _GROUPS.get(language, "").split(", "):
        plain, *others = group.split(" ")
        for place, same in enumerate(others):
            own |= dict.fromkeys(same.split("="), plain + chr(_BEHIND + place))
    return own
