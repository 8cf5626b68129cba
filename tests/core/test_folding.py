"""One folded key for sorting, searching and comparing: Python's and the database's are the same."""

import unicodedata
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from cxc.core import folding
from cxc.core.folding import by_name, folded
from profiles import languages
from profiles.models import ClusterOrganisation, Country, ExchangeType, Organisation, Topic
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db

SWEDISH = {"Austria": "Österrike", "Belgium": "Belgien", "Hungary": "Ungern"}

KEYS = {
    "Österreich – Łódź": "osterreich lodz",
    "eSmart": "esmart",
    "Straße": "strasse",
    "STRAẞE": "strasse",
    "Ærø Œuvre": "aero oeuvre",
    "ﬁnance": "finance",
    "Þórshöfn": "thorshofn",
    "İstanbul ılık": "istanbul ilik",
    "Ħal Għaxaq": "hal ghaxaq",
    "Αθήνας ΑΘΉΝΑΣ": "αθηνασ αθηνασ",
    "Київ, Ґонта": "киів гонта",
    "Երևան": "երեւան",
    "თბილისი ᲗᲑᲘᲚᲘᲡᲘ": "თბილისი თბილისი",
    "’s-Hertogenbosch": "s hertogenbosch",
    "“Pôle”\u00a0Mer": "pole mer",
    "a\u00adb\u200bc": "abc",
    "№ 5 · ½ · ⅷ": "no 5 1 2 viii",
    "日本 ０１": "日本 01",
    " – ": "",
}


def in_database(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(cxc_folded(text) ORDER BY n) FROM unnest(%s) WITH ORDINALITY t (text, n)", [texts]
        )
        return list(cursor.fetchone()[0])


def test_names_fold_to_plain_letters() -> None:
    assert {text: folded(text) for text in KEYS} == KEYS
    assert {folded(unicodedata.normalize("NFD", text)) for text in KEYS} == set(KEYS.values())


def test_python_and_the_database_fold_every_character_of_europe_alike() -> None:
    """Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian, Georgian, signs, ligatures; composed and in pieces."""
    blocks = ((0x01, 0x6FF), (0x10A0, 0x10FF), (0x1C80, 0x1FFF), (0x2000, 0x2BFF), (0x3000, 0x30FF), (0xFB00, 0xFEFF))
    known = [chr(n) for first, last in blocks for n in range(first, last + 1)]
    texts = [f"a{sign}B" for sign in known if unicodedata.category(sign) not in {"Cn", "Cs", "Co"}]
    texts += [unicodedata.normalize("NFD", text) for text in texts] + list(KEYS)
    assert len(texts) > 5000
    keys = zip(texts, map(folded, texts), in_database(texts), strict=True)
    assert [found for found in keys if found[1] != found[2]] == []


def test_names_are_in_the_order_of_a_dictionary_in_lists_and_in_python() -> None:
    names = ["Zeta", "eSmart", "Österreich AG", "Oslo", "Elan", "Paris", "Łódź", "Lyon", "’t Gooi", "Ærø", "Adam"]
    for name in names:
        people.organisation(legal_name=name)
    right = ["Adam", "Ærø", "Elan", "eSmart", "Łódź", "Lyon", "Oslo", "Österreich AG", "Paris", "’t Gooi", "Zeta"]
    assert list(Organisation.objects.values_list("legal_name", flat=True)) == right
    assert sorted(names, key=by_name) == right


def test_any_spelling_of_a_name_finds_it() -> None:
    made = people.organisation(legal_name="Österreichische Straßen & Łódź")
    for typed in ("osterreich", "OSTERREICHISCHE", "strassen lodz", "Straßen", unicodedata.normalize("NFD", "österr")):
        assert list(Organisation.objects.filter(legal_name__folded_contains=typed)) == [made]
    assert not Organisation.objects.filter(legal_name__folded_contains="100%").exists()


def test_lists_and_the_admin_find_and_order_names_by_their_keys_and_countries_by_their_french_names() -> None:
    parties = usual_parties()
    names = {"eSmart": "FR", "Österreich AG": "DE", "Zeta": "ES"}
    for name, country in names.items():
        organisation = people.organisation(country, legal_name=name)
        lifecycle.draft(organisation, parties.vop, parties.so)
    client = client_for(parties.so)

    def listed(query: str) -> list[str]:
        rows = client.get(f"/profiles/?{query}").context["page"]
        return [str(one.organisation) for one in rows if str(one.organisation) in names]

    assert listed("sort=organisation") == ["eSmart", "Österreich AG", "Zeta"]
    assert listed("sort=-organisation") == ["Zeta", "Österreich AG", "eSmart"]
    assert listed("q=osterreich+ag") == ["Österreich AG"]
    assert listed("sort=country") == ["eSmart", "Österreich AG", "Zeta"], "France, Germany, Spain"
    people.user_of(parties.so).language = "fr"
    people.user_of(parties.so).save()
    assert listed("sort=country") == ["Österreich AG", "Zeta", "eSmart"], "Allemagne, Espagne, France"
    admin = reverse("admin:profiles_organisation_changelist")
    found = client.get(admin, {"q": "OSTERREICH"}).context["cl"].result_list
    assert [str(one) for one in found] == ["Österreich AG"]
    in_order = [str(one) for one in client.get(admin, {"o": "0"}).context["cl"].result_list]
    assert in_order == sorted(in_order, key=by_name)


def test_composed_and_decomposed_names_are_one_cluster_however_they_are_written() -> None:
    ClusterOrganisation.objects.create(name=unicodedata.normalize("NFD", "Pôle Céramique"), country_id="FR")
    assert ClusterOrganisation.objects.get(country="FR").name == "Pôle Céramique", "kept composed"
    for name in ("Pôle Céramique", "POLE CERAMIQUE", "pole-ceramique"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClusterOrganisation.objects.create(name=name, country_id="FR")
    ClusterOrganisation.objects.create(name="Pôle Céramique", country_id="BE")


def test_reference_data_stand_in_the_order_of_the_languages_own_letters() -> None:
    with translation.override("sv"), patch.object(folding, "gettext", lambda name: SWEDISH.get(name, name)):
        folding._keys_of.cache_clear()
        names = [one.name for one in Country.objects.filter(name__in=list(SWEDISH))]
    folding._keys_of.cache_clear()
    assert names == ["Belgium", "Hungary", "Austria"], "Belgien, Ungern, Österrike"


def test_choices_stand_in_the_order_of_the_language_that_is_spoken() -> None:
    with translation.override("fr"):
        for model in (Country, ExchangeType):
            said = [str(one) for one in model._default_manager.all()]
            assert said == sorted(said, key=by_name)
        assert str(Country.objects.first()) == "Albanie"
        assert [str(one) for one in Country.objects.all()].index("Allemagne") == 1
        groups = [(translation.gettext(one.group), str(one)) for one in Topic.objects.all()]
        assert groups == sorted(groups, key=lambda one: (by_name(one[0]), by_name(one[1])))
        spoken = [str(name) for _code, name in languages.choices()]
        assert spoken == sorted(spoken, key=by_name)
        assert spoken[0] == "Albanais"
    assert next(str(name) for _code, name in languages.choices()) == "Albanian"
