"""Spaces that a language sets before its punctuation, where a line must not end."""

import pytest
from babel.messages import Catalog

from checks.typography import french, german, typeset


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Objet : « %(subject)s »", "Objet\u00a0: «\u00a0%(subject)s\u00a0»"),
        ("Que faire ?", "Que faire\u202f?"),
        ("Oui ! Non ; « peut-être » ?", "Oui\u202f! Non\u202f; «\u00a0peut-être\u00a0»\u202f?"),
        ("Voir https://example.org/?a=1 ou 9:00", "Voir https://example.org/?a=1 ou 9:00"),
        ("%(amount)s EUR, {percent} %%", "%(amount)s\u00a0EUR, {percent}\u00a0%%"),
        ("<b>%(who)s</b> : %(what)s", "<b>%(who)s</b>\u00a0: %(what)s"),
    ],
)
def test_french_punctuation_keeps_to_its_word(typed: str, set_as: str) -> None:
    assert french(typed) == set_as
    assert french(set_as) == set_as


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("z. B. ein Zug, u. a. m.", "z.\u202fB. ein Zug, u.\u202fa.\u202fm."),
        ("Höchstens 10 MB", "Höchstens 10\u00a0MB"),
        ("%(amount)s EUR für %(share)s %% der Tage", "%(amount)s\u00a0EUR für %(share)s\u00a0%% der Tage"),
        ("%(days)s %(unit)s, 3 Mitglieder", "%(days)s %(unit)s, 3 Mitglieder"),
        ("Cluster A. Beispiel", "Cluster A. Beispiel"),
    ],
)
def test_german_abbreviations_and_units_keep_together(typed: str, set_as: str) -> None:
    assert german(typed) == set_as
    assert german(set_as) == set_as


def test_a_language_without_a_rule_is_left_as_it_is() -> None:
    for code, expected in (("fr", "Un\u00a0: deux"), ("nl", "Un : deux")):
        catalog = Catalog(locale=code)
        catalog.add("One: two", "Un : deux")
        catalog.add(("%(n)d: one", "%(n)d: many"), ("%(n)d : un", "%(n)d : plusieurs"))
        typeset(catalog)
        assert catalog["One: two"].string == expected
        plural = "".join(catalog["%(n)d: one"].string or ())
        assert ("\u00a0" in plural) is (code == "fr")
