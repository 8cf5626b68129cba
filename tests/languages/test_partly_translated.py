"""A language can be offered before all of it is translated: what is missing is said in English, and marked as such."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import translation as catalogue_of

from cxc.core.languages import untranslated_texts
from cxc.web.middleware import english_texts
from cxc.web.middleware.english_texts import marked
from profiles.forms.accounts import PersonForm
from tests.html import source_of


@pytest.fixture
def partly_french(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """French does not say "Partnerships"."""
    settings.PARTLY_TRANSLATED_LANGUAGES = {"fr"}
    french: Any = catalogue_of("fr")
    for texts in french._catalog._catalogs:
        monkeypatch.delitem(texts, "Partnerships", raising=False)
    monkeypatch.setattr(english_texts, "untranslated_texts", lambda _code: {"Partnerships"})


@pytest.mark.usefixtures("partly_french")
def test_what_is_missing_is_said_in_english() -> None:
    with translation.override("fr"):
        assert (gettext("Partnerships"), gettext("Exchanges")) == ("Partnerships", "Échanges")


def test_untranslated_texts_are_those_that_another_language_translates() -> None:
    assert {"Partnerships", "Skip to the content"} < untranslated_texts("en-gb")
    assert "Partnerships" not in untranslated_texts("fr")


@pytest.mark.django_db
@pytest.mark.usefixtures("partly_french")
def test_a_page_marks_its_english_texts(client: Client) -> None:
    client.post("/language/", {"language": "fr"})
    page = source_of(client.get("/partnerships/"))
    assert '<html lang="fr"' in page
    assert 'lang="en">Partnerships</h1>' in page
    assert 'lang="en">Se connecter' not in page
    client.post("/language/", {"language": "en-gb"})
    assert 'lang="en"' not in source_of(client.get("/partnerships/"))


@pytest.mark.django_db
@pytest.mark.usefixtures("partly_french")
def test_who_asks_for_it_by_their_browser_alone_reads_another(client: Client) -> None:
    answer: Any = client.get("/", headers={"accept-language": "fr-BE,fr;q=0.9,en;q=0.5"})
    assert answer.headers["Content-Language"] == "en-gb"
    client.post("/language/", {"language": "fr"})
    answer = client.get("/", headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "fr"


@pytest.mark.usefixtures("partly_french")
def test_the_choice_says_that_it_is_translated_in_part() -> None:
    choices: Any = PersonForm().fields["language"]
    assert ("fr", "Français (partly translated)") in list(choices.choices)
    assert ("en-gb", "English") in list(choices.choices)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<h1>Open</h1>", '<h1 lang="en">Open</h1>'),
        ('<a href="/?a>b">\n  Open\n</a>', '<a href="/?a>b" lang="en">\n  Open\n</a>'),
        ("<p>Don&#x27;t</p>", '<p lang="en">Don&#x27;t</p>'),
        ("<button><svg></svg>Open</button>", '<button><svg></svg><span lang="en">Open</span></button>'),
        ("<p>Open <b>Geschlossen</b></p>", '<p><span lang="en">Open </span><b>Geschlossen</b></p>'),
        ('<option value="1">Open</option>', '<option value="1" lang="en">Open</option>'),
        ('<p lang="fr">Open</p>', '<p lang="fr">Open</p>'),
        ('<p title="Open">Offen</p>', '<p title="Open">Offen</p>'),
        ("<script>Open<b></script>", "<script>Open<b></script>"),
        ("<p>Open since 1 May</p>", "<p>Open since 1 May</p>"),
    ],
)
def test_whole_texts_are_marked_and_nothing_else(page: str, expected: str) -> None:
    assert marked(page, {"Open", "Don't"}) == expected
