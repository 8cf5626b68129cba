"""A fit in words: what each side looks for and finds, and the points it brings, from the numbers the order is from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.enums import Criterion
from matching.fit.common_items import CommonItems, SideItems, common_items_with
from matching.fit.criteria import CRITERIA
from matching.fit.fit import Fit, Side
from matching.fit.points import percent, points_of
from matching.fit.sentences import Sentences
from matching.fit.translator import Translator, translator


class Line(NamedTuple):
    """One criterion in words, with its points out of those it could bring. Points of one side add up to its number."""

    criterion: Criterion
    sentence: str
    points: int
    most: int
    is_good: bool


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
        """What fits, each thing said once, what brings most points first."""
        return self._sentences(True)

    @property
    def missing(self) -> list[str]:
        """What does not fit, what would bring most points first."""
        return self._sentences(False)

    def _sentences(self, is_good: bool) -> list[str]:
        lines = [line for line in (*self.own_lines, *self.their_lines) if line.is_good == is_good]
        lines.sort(key=lambda line: line.points if is_good else line.most, reverse=True)
        return list(dict.fromkeys(line.sentence for line in lines))


def explain(mine: int, fits: Sequence[Fit]) -> dict[int, Reasons]:
    """The reasons of some fits of one profile, by the other's number.

    Two queries at most; none where the snapshot has told what is shared.
    """
    unknown = [fit.profile_id for fit in fits if fit.common_items is None]
    asked = common_items_with(mine, unknown) if unknown else {}
    fits = [fit for fit in fits if fit.common_items or fit.profile_id in asked]  # else unpublished since
    if not fits:
        return {}
    translate = translator()
    return {
        fit.profile_id: _reasons(fit, fit.common_items or asked[fit.profile_id], translate, points, most)
        for fit, points, most in zip(fits, *points_of(fits), strict=True)
    }


def _reasons(
    fit: Fit, common: CommonItems, translate: Translator, points: Sequence[list[int]], most: Sequence[list[int]]
) -> Reasons:
    own, theirs = common.names.sentences(translate)
    shared = {
        Criterion.TYPES: own.types(common.types),
        Criterion.LANGUAGES: own.languages(common.languages),
        Criterion.TEXT: own.text(fit.is_alike, common.names.words(common.words)),
    }
    own_sentences = shared | _sentences(own, fit, fit.own_side, common.own, common)
    their_sentences = shared | _sentences(theirs, fit, fit.their_side, common.theirs, common)
    return Reasons(
        percent(fit.score),
        _percent(fit.own),
        _percent(fit.theirs),
        _lines(fit, fit.own_side, own_sentences, points[0], most[0]),
        _lines(fit, fit.their_side, their_sentences, points[1], most[1]),
    )


def _sentences(
    sentences: Sentences, fit: Fit, side: Side, items: SideItems, common: CommonItems
) -> dict[Criterion, str]:
    """Those that differ between the two sides, to one of them."""
    return {
        Criterion.TOPICS: sentences.topics(items.topics),
        Criterion.SECTORS: sentences.sectors(items.sectors, side.is_near, side.welcomes_others),
        Criterion.COUNTRIES: sentences.countries(items.country, side.country_met),
        Criterion.PERIOD: sentences.period(fit.days_common, side.days, common.period),
    }


def _lines(
    fit: Fit, side: Side, sentences: Mapping[Criterion, str], points: Sequence[int], most: Sequence[int]
) -> tuple[Line, ...]:
    """A line for each criterion that has something to say."""
    columns = zip(CRITERIA, side.parts, side.weights, points, most, strict=True)
    return tuple(
        [
            Line(criterion, sentences[criterion], its_points, its_most, _is_good(fit, criterion, part))
            for criterion, part, weight, its_points, its_most in columns
            if weight
        ]
    )


def _is_good(fit: Fit, criterion: Criterion, part: float) -> bool:
    return fit.is_alike if criterion is Criterion.TEXT else part > 0


def _percent(score: float | None) -> int | None:
    return None if score is None else percent(score)
