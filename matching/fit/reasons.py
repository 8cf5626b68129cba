"""A fit in words: what each side looks for and finds, and the points it brings, from the numbers the order is from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import Criterion
from matching.fit import criteria
from matching.fit.criteria import Pair, Share, Side
from matching.fit.fits import Fit
from matching.fit.rows import statement
from profiles import languages

MOST_NAMED = 4


@dataclass(frozen=True)
class Line:
    """One criterion in words, with its points out of those it could bring. Points of one side add up to its number."""

    criterion: Criterion
    words: str
    points: int
    most: int
    part: float

    @property
    def is_good(self) -> bool:
        return self.part > 0


@dataclass(frozen=True)
class Reasons:
    """Why a fit is what it is. `score`, `own` and `theirs` in whole percent; None where a side ignores everything."""

    score: int
    own: int | None
    theirs: int | None
    own_lines: tuple[Line, ...]
    their_lines: tuple[Line, ...]

    @property
    def good(self) -> list[str]:
        """What fits, each thing said once."""
        return self._said(True)

    @property
    def missing(self) -> list[str]:
        """What does not fit."""
        return self._said(False)

    def _said(self, is_good: bool) -> list[str]:
        lines = [*self.own_lines, *self.their_lines]
        return list(dict.fromkeys(line.words for line in lines if line.is_good == is_good))


def explain(mine: int, fits: Sequence[Fit]) -> dict[int, Reasons]:
    """The reasons of some fits of one profile, by the other's number, in two queries."""
    if not fits:
        return {}
    shared = _shared(mine, [fit.profile_id for fit in fits])
    names = _names(shared.values())
    return {
        fit.profile_id: _reasons(fit, _Names(shared[fit.profile_id], names))
        for fit in fits
        if fit.profile_id in shared  # unpublished since
    }


def _reasons(fit: Fit, names: "_Names") -> Reasons:
    own = _lines(fit.shares(), fit.own, lambda share: _words(share, fit.pair, fit.pair.own, names, own=True))
    theirs = _lines(
        fit.shares(there=True), fit.theirs, lambda share: _words(share, fit.pair, fit.pair.theirs, names, own=False)
    )
    return Reasons(percent(fit.score), _percent(fit.own), _percent(fit.theirs), own, theirs)


def percent(score: float) -> int:
    """A score of 0 to 1 as it is shown."""
    return round(100 * score)


def _percent(score: float | None) -> int | None:
    return None if score is None else percent(score)


def _lines(found: list[Share], score: float | None, words: Callable[[Share], str]) -> tuple[Line, ...]:
    weight = sum(share.weight for share in found)
    points = _whole([100 * share.weight * share.part / weight for share in found], percent(score or 0))
    most = _whole([100 * share.weight / weight for share in found], 100)
    return tuple(
        Line(share.criterion, words(share), its_points, max(its_most, its_points), share.part)
        for share, its_points, its_most in zip(found, points, most, strict=True)
    )


def _whole(values: list[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`: the largest remainders are rounded up."""
    floors = [int(value) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda n: floors[n] - values[n])
    for n in by_remainder[: max(total - sum(floors), 0)]:
        floors[n] += 1
    return floors


# --- what is shared, and its names -----------------------------------------------------------

_BITS = ("topics", "topics_there", "sectors", "sectors_there", "types", "languages")
_WORDS = ("words", "rare_words", "rarest_words")


@dataclass(frozen=True)
class _Shared:
    bits: Mapping[str, list[int]]
    period: tuple[date, date]
    country: str
    country_there: str


def _shared(mine: int, others: Sequence[int]) -> dict[int, _Shared]:
    with connection.cursor() as cursor:
        cursor.execute(statement("shared"), {"mine": mine, "others": list(others)})
        return {row[0]: _as_shared(row[1:]) for row in cursor.fetchall()}


def _as_shared(row: Sequence[Any]) -> _Shared:
    bits = {name: _positions(mask) for name, mask in zip((*_BITS, *_WORDS), row, strict=False)}
    rarest_first = dict.fromkeys([*bits.pop("rarest_words"), *bits.pop("rare_words"), *bits["words"]])
    return _Shared(bits | {"words": list(rarest_first)}, (row[9], row[10]), row[11], row[12])


def _positions(mask: str) -> list[int]:
    found, at = [], mask.find("1")
    while at >= 0:
        found.append(at)
        at = mask.find("1", at + 1)
    return found


_TABLES = {
    "topics": "SELECT 'topics', bit, name FROM profiles_topic",
    "sectors": "SELECT 'sectors', bit, code || ' ' || title FROM profiles_sector",
    "types": "SELECT 'types', bit, name FROM profiles_exchangetype",
    "words": "SELECT 'words', bit, word FROM matching_vocabularyword word"
    " JOIN matching_vocabulary vocabulary ON vocabulary.id = word.vocabulary_id AND vocabulary.is_current",
}


def _names(shared: Iterable[_Shared]) -> dict[tuple[str, int], str]:
    """The names of all that is shared."""
    needed: dict[str, set[int]] = {name: set() for name in _TABLES}
    for one in shared:
        for name, bits in one.bits.items():
            if (table := name.removesuffix("_there")) in needed:
                needed[table].update(bits[:MOST_NAMED] if table == "words" else bits)
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"{query} WHERE bit = ANY (%({name})s)" for name, query in _TABLES.items()),
            {name: list(bits) for name, bits in needed.items()},
        )
        return {(name, bit): words for name, bit, words in cursor.fetchall()}


class _Names:
    """The names of what one pair shares."""

    def __init__(self, shared: _Shared, names: Mapping[tuple[str, int], str]) -> None:
        self.shared, self._names = shared, names

    def __getitem__(self, what: str) -> str:
        """“A, B, C, D and 3 more”; empty where nothing is shared."""
        table = what.removesuffix("_there")
        bits = self.shared.bits[what]
        if table == "words":
            return ", ".join(self._names.get((table, bit), "") for bit in bits[:MOST_NAMED])
        if table == "languages":
            by_bit = {bit: code for code, bit in languages.bits().items()}
            return named(languages.names([by_bit[bit] for bit in bits if bit in by_bit]))
        return named(sorted(self._names.get((table, bit), "") for bit in bits))


def named(names: Sequence[str]) -> str:
    """Some names as a list, the fifth and later ones as a number."""
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return _("%(names)s and %(more)s more") % {"names": listed, "more": more} if more > 0 else listed


# --- sentences -------------------------------------------------------------------------------


def _words(share: Share, pair: Pair, side: Side, names: _Names, *, own: bool) -> str:
    match share.criterion:
        case Criterion.TOPICS:
            return _topics(side, names, own=own)
        case Criterion.SECTORS:
            return _sectors(side, names, own=own)
        case Criterion.TYPES:
            found = names["types"]
            return (
                _("Types of exchange in common: %(names)s.") % {"names": found}
                if found
                else _("No common exchange type.")
            )
        case Criterion.LANGUAGES:
            found = names["languages"]
            return _("Languages in common: %(names)s.") % {"names": found} if found else _("No common language.")
        case Criterion.COUNTRIES:
            return _countries(side, names, own=own)
        case Criterion.PERIOD:
            return _period(pair, side, names, own=own)
        case Criterion.TEXT:
            found = names["words"]
            return (
                _("Both write of: %(words)s.") % {"words": found}
                if found
                else _("The two descriptions have no telling word in common.")
            )


def _topics(side: Side, names: _Names, *, own: bool) -> str:
    if not side.topics_met:
        return _("They offer nothing that you seek.") if own else _("You offer nothing that they seek.")
    if own:
        return _("You seek, they offer: %(names)s.") % {"names": names["topics"]}
    return _("They seek, you offer: %(names)s.") % {"names": names["topics_there"]}


def _sectors(side: Side, names: _Names, *, own: bool) -> str:
    if side.sectors_same:
        found = {"names": names["sectors" if own else "sectors_there"]}
        return (
            _("They are in sectors you look for: %(names)s.") % found
            if own
            else _("You are in sectors they look for: %(names)s.") % found
        )
    if side.sectors_near:
        return (
            _("They are in a sector next to those you look for.")
            if own
            else _("You are in a sector next to those they look for.")
        )
    if side.cross_sector:
        return (
            _("They are in other sectors, which you welcome.")
            if own
            else _("You are in other sectors, which they welcome.")
        )
    return _("They are in no sector you look for.") if own else _("You are in no sector they look for.")


def _countries(side: Side, names: _Names, *, own: bool) -> str:
    if own:
        country = {"country": names.shared.country_there}
        return (
            _("They are in %(country)s, where you would like to go or have guests from.") % country
            if (side.country_met)
            else _("%(country)s is not among the countries you look for.") % country
        )
    country = {"country": names.shared.country}
    return (
        _("They look for partners in %(country)s, where you are.") % country
        if side.country_met
        else _("They look for partners in other countries than %(country)s.") % country
    )


def _period(pair: Pair, side: Side, names: _Names, *, own: bool) -> str:
    facts: dict[str, int | str] = {"common": pair.days_common, "days": side.days}
    if own:
        first, last = names.shared.period
        facts |= {"first": date_format(first, "j F"), "last": date_format(last, "j F Y")}
        words = ngettext(
            "%(common)s of your %(days)s possible day is free there too, %(first)s to %(last)s.",
            "%(common)s of your %(days)s possible days are free there too, %(first)s to %(last)s.",
            side.days,
        )
    else:
        words = ngettext(
            "You are free on %(common)s of their %(days)s possible day.",
            "You are free on %(common)s of their %(days)s possible days.",
            side.days,
        )
    return words % facts


__all__ = ["Line", "Reasons", "criteria", "explain", "named", "percent"]
