"""The catalogues in which texts are looked up."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.trans_real import translation as catalogue_of


def test_an_english_text_is_looked_up_in_one_catalogue() -> None:
    english: Any = catalogue_of(settings.LANGUAGE_CODE)
    assert (len(english._catalog._catalogs), english._fallback) == (1, None)


def test_texts_are_said_in_the_language_that_is_spoken() -> None:
    with translation.override("fr"):
        assert gettext("Exchanges") == "Échanges"
    with translation.override("en-gb"):
        assert gettext("Exchanges") == "Exchanges"


def test_numbers_are_said_as_before() -> None:
    for code, words in {"en-gb": ("1 exchange", "2 exchanges"), "fr": ("1 échange", "2 échanges")}.items():
        with translation.override(code):
            said = [ngettext("%(number)s exchange", "%(number)s exchanges", n) % {"number": n} for n in (1, 2)]
        assert tuple(said) == words
