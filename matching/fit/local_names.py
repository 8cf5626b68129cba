"""The names of topics, sectors, types, countries and languages in one language, and lists of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop as _

from cxc.core.folding import by_name
from matching.fit.translator import Translator, translator
from profiles import languages

MAX_NAMED = 4
Item = tuple[str, int]  # a table ("topics", "sectors", "types", "countries", "languages") and a bit
_AND_MORE = _("%(names)s and %(more)s more")


class LocalNames:
    """The names in one language. Each is looked up once, with the key by which it is sorted."""

    def __init__(self, stored: Mapping[Item, str], translate: Translator) -> None:
        self._stored = stored
        self._translate = translate
        self._known: dict[Item, tuple[Any, str]] = {}

    def name(self, table: str, bit: int) -> str:
        """The name of one item; empty where nobody owns the bit."""
        return self._sortable(table, bit)[1]

    def list_of(self, table: str, packed: bytes) -> str:
        """“A, B, C, D and 3 more”, of the bits that are set; empty where none is."""
        found = [self._sortable(table, bit) for bit in set_bits(packed)]
        if table != "languages":  # these stand in the order of their bits
            found.sort()
        return shortened_list([name for _key, name in found if name], translate=self._translate)

    def _sortable(self, table: str, bit: int) -> tuple[Any, str]:
        if (found := self._known.get((table, bit))) is None:
            name = _language_name(bit) if table == "languages" else self._translated(table, bit)
            found = self._known[table, bit] = by_name(name), name
        return found

    def _translated(self, table: str, bit: int) -> str:
        """A sector begins with its code, which is no word."""
        code, space, title = self._stored.get((table, bit), "").rpartition("\t")
        return f"{code}{' ' if space else ''}{self._translate(title)}" if title else ""


def _language_name(bit: int) -> str:
    code = languages.by_bit().get(bit)
    return languages.names([code])[0] if code else ""


def set_bits(packed: bytes) -> list[int]:
    """The numbers of the bits that are set, counted from the left."""
    found: list[int] = np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8))).tolist()
    return found


def shortened_list(names: Sequence[str], *, of: int = 0, translate: Translator | None = None) -> str:
    """Some names as a list, the fifth and later ones as a number; `of`: how many there are, where not all are given."""
    more = max(of, len(names)) - MAX_NAMED
    first = ", ".join(names[:MAX_NAMED])
    if more <= 0:
        return first
    return (translate or translator())(_AND_MORE) % {"names": first, "more": more}
