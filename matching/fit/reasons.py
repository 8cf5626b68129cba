"""A fit in words: what each side looks for and finds, and the points it brings, from the numbers the order is from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_noop as _

from matching.enums import Criterion
from matching.fit.common_items import CommonItems, common_items_with
from matching.fit.criteria import Pair, Share, SideCounts
from matching.fit.fit import Fit


@dataclass(frozen=True)
class Line:
    """One criterion in words, with its points out of those it could bring. Points of one side add up to its number."""

    criterion: Criterion
    sentence: str
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
        return self._sentences(True)

    @property
    def missing(self) -> list[str]:
        """What does not fit."""
        return self._sentences(False)

    def _sentences(self, is_good: bool) -> list[str]:
        lines = [*self.own_lines, *self.their_lines]
        return list(dict.fromkeys(line.sentence for line in lines if line.is_good == is_good))


def explain(mine: int, fits: Sequence[Fit]) -> dict[int, Reasons]:
    """The reasons of some fits of one profile, by the other's number.

    Two queries at most; none where the snapshot has told what is shared.
    """
    unknown = [fit.profile_id for fit in fits if fit.common_items is None]
    asked = common_items_with(mine, unknown) if unknown else {}
    return {
        fit.profile_id: _reasons(fit, common)
        for fit in fits
        if (common := fit.common_items or asked.get(fit.profile_id)) is not None  # else unpublished since
    }


def _reasons(fit: Fit, common: CommonItems) -> Reasons:
    translate = _translator_for(get_language())
    own, theirs = fit.shares(), fit.shares(there=True)
    own_lines = _lines(
        own, fit.own, [_sentence(s, fit.pair, fit.pair.own, common, own=True, translate=translate) for s in own]
    )
    their_lines = _lines(
        theirs,
        fit.theirs,
        [_sentence(s, fit.pair, fit.pair.theirs, common, own=False, translate=translate) for s in theirs],
    )
    return Reasons(percent(fit.score), _percent(fit.own), _percent(fit.theirs), own_lines, their_lines)


def percent(score: float) -> int:
    """A score of 0 to 1 as it is shown."""
    return round(100 * score)


def _percent(score: float | None) -> int | None:
    return None if score is None else percent(score)


def _lines(found: list[Share], score: float | None, sentences: list[str]) -> tuple[Line, ...]:
    weight = sum(share.weight for share in found)
    points = _whole_points([100 * share.weight * share.part / weight for share in found], percent(score or 0))
    most = _whole_points([100 * share.weight / weight for share in found], 100)
    return tuple(
        Line(share.criterion, its_sentence, its_points, max(its_most, its_points), share.part)
        for share, its_sentence, its_points, its_most in zip(found, sentences, points, most, strict=True)
    )


def _whole_points(values: list[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`: the largest remainders are rounded up."""
    floors = [int(value) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda n: floors[n] - values[n])
    for n in by_remainder[: max(total - sum(floors), 0)]:
        floors[n] += 1
    return floors


class Translator:
    """Says sentences in one language, each looked up once: a page has a hundred."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self._known: dict[str, str] = {}

    def __call__(self, message: str) -> str:
        if message not in self._known:
            self._known[message] = gettext(message)
        return self._known[message]


_translator_for = cache(Translator)


# --- sentences -------------------------------------------------------------------------------


def _sentence(
    share: Share, pair: Pair, side: SideCounts, common: CommonItems, *, own: bool, translate: Translator
) -> str:
    match share.criterion:
        case Criterion.TOPICS:
            return _topics(side, common, own=own, translate=translate)
        case Criterion.SECTORS:
            return _sectors(side, common, own=own, translate=translate)
        case Criterion.TYPES:
            found = common.text_of("types")
            return (
                translate(_("Types of exchange in common: %(names)s.")) % {"names": found}
                if found
                else translate(_("No common exchange type."))
            )
        case Criterion.LANGUAGES:
            found = common.text_of("languages")
            return (
                translate(_("Languages in common: %(names)s.")) % {"names": found}
                if found
                else translate(_("No common language."))
            )
        case Criterion.COUNTRIES:
            return _countries(side, common, own=own, translate=translate)
        case Criterion.PERIOD:
            return _period(pair, side, common, own=own, translate=translate)
        case Criterion.TEXT:
            return _text(share, common, translate)


def _text(share: Share, common: CommonItems, translate: Translator) -> str:
    if not share.part:
        return translate(_("The two descriptions have nothing significant in common."))
    if found := common.text_of("words"):
        return translate(_("Both write of: %(words)s.")) % {"words": found}
    return translate(_("The two descriptions are about related subjects, in different words."))


def _topics(side: SideCounts, common: CommonItems, *, own: bool, translate: Translator) -> str:
    if not side.topics_met:
        return (
            translate(_("They offer nothing that you seek."))
            if own
            else translate(_("You offer nothing that they seek."))
        )
    if own:
        return translate(_("You seek, they offer: %(names)s.")) % {"names": common.text_of("topics")}
    return translate(_("They seek, you offer: %(names)s.")) % {"names": common.text_of("topics_there")}


def _sectors(side: SideCounts, common: CommonItems, *, own: bool, translate: Translator) -> str:
    if side.sectors_same:
        found = {"names": common.text_of("sectors" if own else "sectors_there")}
        return (
            translate(_("They are in sectors you look for: %(names)s.")) % found
            if own
            else translate(_("You are in sectors they look for: %(names)s.")) % found
        )
    if side.sectors_near:
        return (
            translate(_("They are in a sector next to those you look for."))
            if own
            else translate(_("You are in a sector next to those they look for."))
        )
    if side.cross_sector:
        return (
            translate(_("They are in other sectors, which you welcome."))
            if own
            else translate(_("You are in other sectors, which they welcome."))
        )
    return (
        translate(_("They are in no sector you look for."))
        if own
        else translate(_("You are in no sector they look for."))
    )


def _countries(side: SideCounts, common: CommonItems, *, own: bool, translate: Translator) -> str:
    if own:
        country = {"country": common.country_name(own=False)}
        return (
            translate(_("They are in %(country)s, where you would like to go or have guests from.")) % country
            if side.country_met
            else translate(_("%(country)s is not among the countries you look for.")) % country
        )
    country = {"country": common.country_name(own=True)}
    return (
        translate(_("They look for partners in %(country)s, where you are.")) % country
        if side.country_met
        else translate(_("They look for partners in other countries than %(country)s.")) % country
    )


@lru_cache(maxsize=4096)
def _date_text(day: date, form: str, language: str | None) -> str:
    """A date as the language (the present one) says it."""
    return date_format(day, form)


def _period(pair: Pair, side: SideCounts, common: CommonItems, *, own: bool, translate: Translator) -> str:
    parameters: dict[str, int | str] = {"common": pair.days_common, "days": side.days}
    if own:
        first, last = common.period
        short = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
        parameters |= {
            "first": _date_text(first, short, translate.language),
            "last": _date_text(last, "DATE_FORMAT", translate.language),
        }
    return _days(side.days, translate.language, own=own) % parameters


@lru_cache(maxsize=4096)
def _days(days: int, language: str | None, *, own: bool) -> str:
    """The sentence on common days, in the form of so many days (in the present language)."""
    if own:
        return ngettext(
            "%(common)s of your %(days)s possible day is free there too, %(first)s to %(last)s.",
            "%(common)s of your %(days)s possible days are free there too, %(first)s to %(last)s.",
            days,
        )
    return ngettext(
        "You are free on %(common)s of their %(days)s possible day.",
        "You are free on %(common)s of their %(days)s possible days.",
        days,
    )
