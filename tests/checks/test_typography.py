"""Spaces that a language sets before its punctuation, where a line must not end."""

import pytest
from babel.messages import Catalog

from checks.typography import french, typeset


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Objet : « %(subject)s »", "Objet\u00a0: «\u00a0%(subject)s\u00a0»"),
        ("Que faire ?", "Que faire\u202f?"),
        ("Oui ! Non ; « peut-être » ?", "Oui\u202f! Non\u202f; «\u00a0peut-être\u00a0»\u202f?"),
        ("Voir https://example.org/?a=1 ou 9:00", "Voir https://example.org/?a=1 ou 9:00"),
        ("<b>%(who)s</b> : %(what)s", "<b>%(who)s</b>\u00a0: %(what)s"),
    ],
)
def test_french_punctuation_keeps_to_its_word(typed: str, set_as: str) -> None:
    assert french(typed) == set_as
    assert french(set_as) == set_as


def test_a_language_without_a_rule_is_left_as_it_is() -> None:
    for code, expected in (("fr", "Un\u00a0: deux"), ("de", "Un : deux")):
        catalog = Catalog(locale=code)
        catalog.add("One: two", "Un : deux")
        catalog.add(("%(n)d: one", "%(n)d: many"), ("%(n)d : un", "%(n)d : plusieurs"))
        typeset(catalog)
        assert catalog["One: two"].string == expected
        plural = "".join(catalog["%(n)d: one"].string or ())
        assert ("\u00a0" in plural) is (code == "fr")
