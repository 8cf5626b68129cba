"""Names stand in the order of their language's letters. The orders are those of ICU, with which they were compared."""

import pytest
from django.utils import translation

from cxc.core.folding import by_name


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en-gb", ["Ábel", "Adam", "Łódź", "Lyon", "Österreich", "Oulu"]),
        ("de", ["Ägypten", "Albanien", "Österreich", "Osterweiterung", "Straße", "Strasse des 1. Mai"]),
        ("fr", ["Égypte", "Espagne", "État", "Finlande"]),
        ("pl", ["Cypr", "Czechy", "Ćmielów", "Dania", "Luksemburg", "Łotwa", "Malta", "Zambia", "Źródło", "Żory"]),
        ("sv", ["Albanien", "Zypern", "Åland", "Ärlighet", "Österrike"]),
        ("da", ["Zoo", "Ægypten", "Østrig", "Åland"]),
        ("cs", ["Cesta", "Čína", "Dánsko", "Hory", "Chorvatsko", "Itálie", "Řecko", "Slovinsko", "Španělsko"]),
        ("hu", ["Cuba", "Csehország", "Oslo", "Örs", "Őrség", "Párizs"]),
        ("es", ["Nuez", "Ñandú", "Oro"]),
    ],
)
def test_names_in_the_order_of_the_language(language: str, names: list[str]) -> None:
    with translation.override(language):
        assert sorted(set(names), key=by_name) == names


def test_composed_and_decomposed_letters_are_the_same() -> None:
    with translation.override("sv"):
        assert by_name("A\u030aland")[0] == by_name("Åland")[0] > by_name("Zypern")[0]
