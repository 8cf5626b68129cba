"""In which language something is said: a person's own, or the portal's for what is kept."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User

# Languages whose nouns begin with a capital letter wherever they stand.
CAPITAL_NOUNS = {"de"}

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Language:
    """A language of the portal, with its name in its own words. Gaps of a partly translated one are said in English."""

    code: str
    name: str
    is_partly_translated: bool


def offered() -> list[Language]:
    """The languages that one can choose, in the order of the settings."""
    return [Language(code, name, is_partly_translated(code)) for code, name in settings.LANGUAGES]


def is_partly_translated(code: str | None) -> bool:
    """Whether texts of this language may be missing."""
    return code in settings.PARTLY_TRANSLATED_LANGUAGES


def in_sentence(label: Any) -> str:
    """A label as it stands within a sentence of the present language: in small letters, if its nouns are."""
    return str(label) if (translation.get_language() or "")[:2] in CAPITAL_NOUNS else str(label).lower()


def from_accept_language(header: str) -> str:
    """The language that a browser's Accept-Language header asks for; the portal's where it has none of them.

    A partly translated language is read only by those who choose it: terms and refusals half in another language would
    look broken to everybody else.
    """
    for wanted, _weight in trans_real.parse_accept_lang_header(header):
        try:
            code = trans_real.get_supported_language_variant(wanted)
        except LookupError:
            continue
        if not is_partly_translated(code):
            return code
    return settings.LANGUAGE_CODE


@cache
def untranslated_texts(code: str) -> frozenset[str]:
    """The texts that this language does not translate, of those that another language of the portal does."""
    others = (other for other, _name in settings.LANGUAGES if other != code)
    return frozenset().union(*map(_texts_of, others)) - _texts_of(code)


def _texts_of(code: str) -> frozenset[str]:
    """The texts that a language translates, without their contexts; of a text with a number its singular."""
    catalogue: Any = trans_real.translation(code)
    keys = (key[0] if isinstance(key, tuple) else key for key, _translation in catalogue._catalog.items())
    return frozenset(key.rpartition(trans_real.CONTEXT_SEPARATOR)[2] for key in keys)


def of(person: "User | None") -> str:
    """The code of the language that this person chose; the portal's where they chose none or are not known."""
    known = dict(settings.LANGUAGES)
    return person.language if person is not None and person.language in known else settings.LANGUAGE_CODE


def speaking_to(person: "User | None") -> AbstractContextManager[None]:
    """Within the block the portal speaks this person's language, whoever made the request."""
    return translation.override(of(person))


def english() -> AbstractContextManager[None]:
    """Within the block the portal speaks English, with the days of the settings: for documents and what is stored."""
    return translation.override(settings.LANGUAGE_CODE)


def once_per_language(function: Callable[[], T]) -> Callable[[], T]:
    """For what many people read: computed once for each language in which it is asked for."""
    in_language = cache(lambda _language: function())
    return lambda: in_language(translation.get_language())


def in_the_portals_language(function: Callable[P, T]) -> Callable[P, T]:
    """For what is kept by value: the same words whoever's screen it came from."""

    @wraps(function)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> T:
        with english():
            return function(*args, **kwargs)

    return spoken


def flatten_catalogues() -> None:
    """Looks a text up in one catalogue of its language, where all count alike, and after it only in those with texts.

    Django asks one for each way of counting that an app declares, even where two are the same: for English eight, which
    have few of our texts; then those of the language without its region, for `en` six that hold their header alone.
    """
    for code, _name in settings.LANGUAGES:
        catalogue: Any = trans_real.translation(code)
        _put_together(catalogue._catalog)
        while (after := catalogue._fallback) is not None:
            if set(after._catalog.keys()) <= {""}:
                catalogue._fallback = after._fallback
            else:
                catalogue = after


def _put_together(catalogues: Any) -> None:
    """One in place of several, as far as they count alike: each text as the first of them has it."""
    first, *others = catalogues._plurals
    if all(other(number) == first(number) for other in others for number in range(200)):
        texts: dict[Any, str] = {}
        for one in reversed(catalogues._catalogs):
            texts.update(one)
        catalogues._catalogs, catalogues._plurals = [texts], [first]
