"""A fit in words: what each side looks for and finds, and the points it brings, from the numbers the order is from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

from matching.enums import Criterion
from matching.fit.common_items import CommonItems, common_items_with
from matching.fit.criteria import Pair, Share, SideCounts
from matching.fit.fit import Fit
from matching.fit.item_names import Translator, translator


class Line(NamedTuple):
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
    translate = translator()
    return {
        fit.profile_id: _reasons(fit, common, translate)
        for fit in fits
        if (common := fit.common_items or asked.get(fit.profile_id)) is not None  # else unpublished since
    }


def _reasons(fit: Fit, common: CommonItems, translate: Translator) -> Reasons:
    pair = fit.pair
    own = _Sentences(pair, pair.own, common, translate, own=True).lines(fit.shares(), fit.own)
    theirs = _Sentences(pair, pair.theirs, common, translate, own=False).lines(fit.shares(there=True), fit.theirs)
    return Reasons(percent(fit.score), _percent(fit.own), _percent(fit.theirs), own, theirs)


def percent(score: float) -> int:
    """A score of 0 to 1 as it is shown."""
    return round(100 * score)


def _percent(score: float | None) -> int | None:
    return None if score is None else percent(score)


def _whole_points(values: Sequence[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`: the largest remainders are rounded up."""
    floors = [int(value) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda n: floors[n] - values[n])
    for n in by_remainder[: max(total - sum(floors), 0)]:
        floors[n] += 1
    return floors


@lru_cache(maxsize=4096)
def _most_points(weights: tuple[int, ...]) -> tuple[int, ...]:
    """What each of these weights could bring of a hundred points."""
    total = sum(weights)
    return tuple(_whole_points([100 * weight / total for weight in weights], 100))


@dataclass(frozen=True)
class _Sentences:
    """The sentences on what one side of a pair looks for, in one language, to the one who looks (`own`)."""

    pair: Pair
    side: SideCounts
    common: CommonItems
    translate: Translator
    own: bool

    def lines(self, found: Sequence[Share], score: float | None) -> tuple[Line, ...]:
        """Each criterion with its sentence and points. `score`: this side's number, which the points add up to."""
        weights = tuple(share.weight for share in found)
        total = sum(weights)
        points = _whole_points([100 * share.weight * share.part / total for share in found], percent(score or 0))
        most = _most_points(weights)
        return tuple(
            Line(criterion, _SENTENCES[criterion](self, share), its_points, max(its_most, its_points), part)
            for share, (criterion, part, _weight), its_points, its_most in zip(found, found, points, most, strict=True)
        )

    def topics(self, _share: Share) -> str:
        translate, own = self.translate, self.own
        if not self.side.topics_met:
            return translate(_("They offer nothing that you seek.") if own else _("You offer nothing that they seek."))
        sentence = _("You seek, they offer: %(names)s.") if own else _("They seek, you offer: %(names)s.")
        return translate(sentence) % {"names": self.common.text_of("topics" if own else "topics_there", translate)}

    def sectors(self, _share: Share) -> str:
        translate, own, side = self.translate, self.own, self.side
        if side.sectors_same:
            sentence = (
                _("They are in sectors you look for: %(names)s.")
                if own
                else _("You are in sectors they look for: %(names)s.")
            )
            return translate(sentence) % {
                "names": self.common.text_of("sectors" if own else "sectors_there", translate)
            }
        if side.sectors_near:
            return translate(
                _("They are in a sector next to those you look for.")
                if own
                else _("You are in a sector next to those they look for.")
            )
        if side.cross_sector:
            return translate(
                _("They are in other sectors, which you welcome.")
                if own
                else _("You are in other sectors, which they welcome.")
            )
        return translate(_("They are in no sector you look for.") if own else _("You are in no sector they look for."))

    def types(self, _share: Share) -> str:
        if found := self.common.text_of("types", self.translate):
            return self.translate(_("Types of exchange in common: %(names)s.")) % {"names": found}
        return self.translate(_("No common exchange type."))

    def languages(self, _share: Share) -> str:
        if found := self.common.text_of("languages", self.translate):
            return self.translate(_("Languages in common: %(names)s.")) % {"names": found}
        return self.translate(_("No common language."))

    def countries(self, _share: Share) -> str:
        own, is_met = self.own, self.side.country_met
        sentence = {
            (True, True): _("They are in %(country)s, where you would like to go or have guests from."),
            (True, False): _("%(country)s is not among the countries you look for."),
            (False, True): _("They look for partners in %(country)s, where you are."),
            (False, False): _("They look for partners in other countries than %(country)s."),
        }[own, is_met]
        return self.translate(sentence) % {"country": self.common.country_name(self.translate, own=not own)}

    def period(self, _share: Share) -> str:
        language = self.translate.language
        parameters: dict[str, int | str] = {"common": self.pair.days_common, "days": self.side.days}
        if self.own:
            first, last = self.common.period
            short = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
            parameters |= {
                "first": _date_text(first, short, language),
                "last": _date_text(last, "DATE_FORMAT", language),
            }
        return _days(self.side.days, language, own=self.own) % parameters

    def text(self, share: Share) -> str:
        if not share.part:
            return self.translate(_("The two descriptions have nothing significant in common."))
        if found := self.common.text_of("words", self.translate):
            return self.translate(_("Both write of: %(words)s.")) % {"words": found}
        return self.translate(_("The two descriptions are about related subjects, in different words."))


_SENTENCES: Mapping[Criterion, Callable[[_Sentences, Share], str]] = {
    Criterion.TOPICS: _Sentences.topics,
    Criterion.SECTORS: _Sentences.sectors,
    Criterion.TYPES: _Sentences.types,
    Criterion.LANGUAGES: _Sentences.languages,
    Criterion.COUNTRIES: _Sentences.countries,
    Criterion.PERIOD: _Sentences.period,
    Criterion.TEXT: _Sentences.text,
}


@lru_cache(maxsize=4096)
def _date_text(day: date, form: str, language: str | None) -> str:
    """A date as the language (the present one) says it."""
    return date_format(day, form)


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
