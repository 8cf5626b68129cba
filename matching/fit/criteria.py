"""What the score of a pair is made of, each criterion with its reason in words.

Every criterion gives a part between 0 and 1, or None where one of the two says nothing about it;
such a criterion is left out and the others count for more. The score is the weighted mean of the
parts in percent. It speaks of the pair, so that visitor and host read the same number.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.languages import names as language_names
from profiles.models import Profile

MOST_NAMED = 4


@dataclass(frozen=True)
class Pair:
    """A visiting and a host profile, with their links prefetched."""

    visitor: Profile
    host: Profile

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day on which both are free; the last may be before the first."""
        return (
            max(_day(self.visitor.available_from), _day(self.host.available_from)),
            min(_day(self.visitor.available_to), _day(self.host.available_to)),
        )

    @property
    def common_days(self) -> int:
        """Calendar days on which both are free."""
        first, last = self.period
        return max((last - first).days + 1, 0)

    @property
    def is_long_enough(self) -> bool:
        """Whether the visitor's working days fit into the days in common."""
        return self.common_days >= (self.visitor.working_days or 1)


@dataclass(frozen=True)
class Finding:
    """One criterion's word on a pair: its part (0 to 1) and the reason in words."""

    part: float
    words: str

    @property
    def is_good(self) -> bool:
        return self.part > 0


@dataclass(frozen=True)
class Criterion:
    """A criterion and how much it weighs."""

    name: str
    weight: int
    find: Callable[[Pair], Finding | None]


def _sectors(pair: Pair) -> Finding | None:
    """What each looks for (its own sectors where it names none) against the other's own."""
    visitor, host = _all(pair.visitor.own_sectors), _all(pair.host.own_sectors)
    wanted = [(_all(pair.visitor.wanted_sectors) or visitor, host), (_all(pair.host.wanted_sectors) or host, visitor)]
    shared = set().union(*(wish & offer for wish, offer in wanted))
    words = _("Sectors in common: %(names)s.") % {"names": _named(shared)} if shared else _("No sector in common.")
    return _mean_coverage(wanted, words)


def _topics(pair: Pair) -> Finding | None:
    """What each seeks against what the other offers."""
    visitor_seeks, host_offers = _all(pair.visitor.seeks), _all(pair.host.offers)
    host_seeks, visitor_offers = _all(pair.host.seeks), _all(pair.visitor.offers)
    sentences = []
    if found := visitor_seeks & host_offers:
        sentences.append(_("The visitor seeks what the host offers: %(names)s.") % {"names": _named(found)})
    if found := host_seeks & visitor_offers:
        sentences.append(_("The host seeks what the visitor offers: %(names)s.") % {"names": _named(found)})
    words = " ".join(sentences) or _("Neither offers what the other seeks.")
    return _mean_coverage([(visitor_seeks, host_offers), (host_seeks, visitor_offers)], words)


def _types(pair: Pair) -> Finding | None:
    visitor, host = _all(pair.visitor.types), _all(pair.host.types)
    if not visitor or not host:
        return None
    shared = visitor & host
    words = _("Types of exchange: %(names)s.") % {"names": _named(shared)} if shared else _("No common exchange type.")
    return Finding(len(shared) / min(len(visitor), len(host)), words)


def _languages(pair: Pair) -> Finding | None:
    visitor, host = set(pair.visitor.languages), set(pair.host.languages)
    if not visitor or not host:
        return None
    shared = sorted(visitor & host)
    if not shared:
        return Finding(0, _("No common language."))
    return Finding(1, _("Languages in common: %(names)s.") % {"names": ", ".join(language_names(shared))})


def _period(pair: Pair) -> Finding | None:
    lengths = [
        (_day(profile.available_to) - _day(profile.available_from)).days + 1 for profile in (pair.visitor, pair.host)
    ]
    first, last = pair.period
    days = ngettext("%(days)s day in common", "%(days)s days in common", pair.common_days) % {"days": pair.common_days}
    words = _("%(days)s, %(first)s to %(last)s.") % {
        "days": days,
        "first": date_format(first),
        "last": date_format(last),
    }
    return Finding(pair.common_days / min(lengths), words)


def _countries(pair: Pair) -> Finding | None:
    """Whether each is in a country that the other named as wanted."""
    wishes = [
        (_all(profile.wanted_countries), {other.organisation.country})
        for profile, other in ((pair.visitor, pair.host), (pair.host, pair.visitor))
    ]
    asked = [(wish, country) for wish, country in wishes if wish]
    if not asked:
        return None
    met = [country for wish, country in asked if country <= wish]
    words = (
        _("In a country that was wanted: %(names)s.") % {"names": _named(set().union(*met))}
        if met
        else _("Not in a country that was wanted.")
    )
    return Finding(len(met) / len(asked), words)


CRITERIA = (
    Criterion("topics", 30, _topics),
    Criterion("sectors", 30, _sectors),
    Criterion("types", 15, _types),
    Criterion("languages", 10, _languages),
    Criterion("period", 10, _period),
    Criterion("countries", 5, _countries),
)


def _day(value: date | None) -> date:
    assert value is not None  # the database holds published profiles to it
    return value


def _all(links: Any) -> set[Any]:
    return set(links.all())


def _mean_coverage(pairs: list[tuple[set[Any], set[Any]]], words: str) -> Finding | None:
    """The share of each wish that is met, over the wishes that meet an offer at all."""
    asked = [(wish, offer) for wish, offer in pairs if wish and offer]
    if not asked:
        return None
    return Finding(sum(len(wish & offer) / len(wish) for wish, offer in asked) / len(asked), words)


def _named(things: Collection[object]) -> str:
    names = sorted(str(thing) for thing in things)
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return _("%(names)s and %(more)s more") % {"names": listed, "more": more} if more > 0 else listed
