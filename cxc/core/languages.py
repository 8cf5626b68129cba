"""In which language something is said: a person's own, or the portal's for what is kept."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

if TYPE_CHECKING:
    # The type checker reads it as the class of settings.AUTH_USER_MODEL.
    from django.contrib.auth.models import _User as User

P = ParamSpec("P")
T = TypeVar("T")


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


def drop_empty_catalogues() -> None:
    """Ends the way that each English text would take through six catalogues of `en`, which hold their header alone.

    Django looks there after `en-gb`, once for each text; a catalogue that says something is kept, and all before it.
    """
    catalogue: Any = trans_real.translation(settings.LANGUAGE_CODE)
    while (after := catalogue._fallback) is not None:
        if _says_nothing(after):
            catalogue._fallback = after._fallback
        else:
            catalogue = after


def _says_nothing(catalogue: Any) -> bool:
    return set(catalogue._catalog) <= {""}
