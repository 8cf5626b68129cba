"""The catalogues in which texts are looked up."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import translation as catalogue_of


def test_an_english_text_is_looked_up_in_no_catalogue_that_says_nothing() -> None:
    english: Any = catalogue_of(settings.LANGUAGE_CODE)
    fallback = english._fallback
    while fallback is not None:
        assert set(fallback._catalog) - {""}
        fallback = fallback._fallback


def test_texts_are_said_in_the_language_that_is_spoken() -> None:
    with translation.override("fr"):
        assert gettext("Exchanges") == "Échanges"
    with translation.override("en-gb"):
        assert gettext("Exchanges") == "Exchanges"
