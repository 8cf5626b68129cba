"""The sentences on what one profile looks for and finds at another, in one language."""

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

from cxc.core.moments import day_text
from matching.fit.local_names import LocalNames
from matching.fit.translator import Translator

_CACHED_SENTENCES = 1_000  # of each kind, direction and language

# On what the reader looks for, and on what the other does.
_TOPICS = _("You seek, they offer: %(names)s."), _("They seek, you offer: %(names)s.")
_NO_TOPIC = _("They offer nothing that you seek."), _("You offer nothing that they seek.")
_SECTORS = _("They are in sectors you look for: %(names)s."), _("You are in sectors they look for: %(names)s.")
_NEAR_SECTOR = (
    _("They are in a sector next to those you look for."),
    _("You are in a sector next to those they look for."),
)
_OTHER_SECTOR = (
    _("They are in other sectors, which you welcome."),
    _("You are in other sectors, which they welcome."),
)
_NO_SECTOR = _("They are in no sector you look for."), _("You are in no sector they look for.")
_COUNTRY = (
    _("They are in %(country)s, where you would like to go or have guests from."),
    _("They look for partners in %(country)s, where you are."),
)
_NO_COUNTRY = (
    _("%(country)s is not among the countries you look for."),
    _("They look for partners in other countries than %(country)s."),
)
# The same in both directions.
_TYPES, _NO_TYPE = _("Types of exchange in common: %(names)s."), _("No common exchange type.")
_LANGUAGES, _NO_LANGUAGE = _("Languages in common: %(names)s."), _("No common language.")
_WORDS = _("Both write of: %(words)s.")
_OTHER_WORDS = _("The two descriptions are about related subjects, in different words.")
_UNLIKE = _("The two descriptions have little in common.")


class Sentences:
    """The sentences in one language on what the reader looks for, or (not `own`) on what the other does.

    What is shared comes as packed bits. Most sentences depend on few values, and are kept: a page has a hundred.
    """

    def __init__(self, names: LocalNames, translate: Translator, *, own: bool) -> None:
        self._names, self._translate, self._own = names, translate, own
        self._direction = 0 if own else 1
        self.topics = lru_cache(_CACHED_SENTENCES)(self._topics)
        self.sectors = lru_cache(_CACHED_SENTENCES)(self._sectors)
        self.types = lru_cache(_CACHED_SENTENCES)(self._types)
        self.languages = lru_cache(_CACHED_SENTENCES)(self._languages)
        self.countries = lru_cache(_CACHED_SENTENCES)(self._countries)

    def _topics(self, shared: bytes) -> str:
        names = self._names.list_of("topics", shared)
        return self._with_names(_TOPICS[self._direction], names, _NO_TOPIC[self._direction])

    def _sectors(self, shared: bytes, is_near: bool, welcomes_others: bool) -> str:
        """`is_near`: the other is in the NACE section of a sector looked for; `welcomes_others`: any other will do."""
        lacking = _NEAR_SECTOR if is_near else _OTHER_SECTOR if welcomes_others else _NO_SECTOR
        names = self._names.list_of("sectors", shared)
        return self._with_names(_SECTORS[self._direction], names, lacking[self._direction])

    def _types(self, shared: bytes) -> str:
        return self._with_names(_TYPES, self._names.list_of("types", shared), _NO_TYPE)

    def _languages(self, shared: bytes) -> str:
        return self._with_names(_LANGUAGES, self._names.list_of("languages", shared), _NO_LANGUAGE)

    def _countries(self, country: int, is_met: bool) -> str:
        """`country`: the bit of the country in which the other side is."""
        sentence = (_COUNTRY if is_met else _NO_COUNTRY)[self._direction]
        return self._translate(sentence) % {"country": self._names.name("countries", country)}

    def period(self, common: int, days: int, period: tuple[date, date]) -> str:
        """So many of the days of this side are common ones, from the first to the last of the period."""
        language = self._translate.language
        parameters: dict[str, int | str] = {"common": common, "days": days}
        if self._own:
            first, last = period
            form = "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT"
            parameters["first"] = day_text(first, form, language)
            parameters["last"] = day_text(last, "DATE_FORMAT", language)
        return days_sentence(days, language, own=self._own) % parameters

    def text(self, is_alike: bool, words: str) -> str:
        """`words`: those that both texts have, as a list."""
        if is_alike and words:
            return self._translate(_WORDS) % {"words": words}
        return self._translate(_OTHER_WORDS if is_alike else _UNLIKE)

    def _with_names(self, sentence: str, names: str, without: str) -> str:
        """The sentence with these names; another where there are none."""
        return self._translate(sentence) % {"names": names} if names else self._translate(without)


@lru_cache(maxsize=4096)
def days_sentence(days: int, language: str | None, *, own: bool) -> str:
    """The sentence on common days, in the form of so many days (in the active language, which is `language`)."""
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
