"""What a person expects to find, in the languages of the scheme, with slips of the keyboard."""

from dataclasses import dataclass

import pytest

from matching.models import SearchDocument
from matching.search import index
from matching.search.spelling import nearest_names
from matching.search.text_query import Term, parse_text_query, terms_of
from profiles.enums import ProfileKind
from profiles.models import Organisation, Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@dataclass(frozen=True)
class Host:
    name: str
    city: str
    country: str
    description: str


HOSTS = {
    "en": Host(
        "Northern Bakeries", "Leeds", "BE", "We share our experiences with sustainable packaging and logistics."
    ),
    "de": Host(
        "Verband der Möbelhersteller",
        "München",
        "DE",
        "Wir zeigen unsere Werkstätten für Maschinenbau und erneuerbare Energien, mit Führungen durch die Fabriken.",
    ),
    "fr": Host(
        "Pôle Céramique de Limoges",
        "Limoges",
        "FR",
        "Nous présentons l'économie circulaire et les entreprises créatives.",
    ),
    "it": Host(
        "Distretto Calzaturiero",
        "Forlì",
        "IT",
        "Mostriamo le aziende calzaturiere, la qualità e le innovazioni digitali.",
    ),
    "es": Host(
        "Asociación Textil Catalana",
        "Barcelona",
        "ES",
        "Enseñamos las fábricas textiles, la gestión de residuos y las exportaciones.",
    ),
    "pt": Host(
        "Associação da Cortiça", "Évora", "PT", "Mostramos as plantações de sobreiros e as inovações das indústrias."
    ),
    "nl": Host(
        "Vereniging Scheepsbouw", "'s-Hertogenbosch", "BE", "Wij tonen onze werven, schepen en duurzame oplossingen."
    ),
    "ro": Host(
        "Asociația Agricolă", "Timișoara", "RO", "Prezentăm fermele ecologice, întreprinderile și târgurile regionale."
    ),
    "el": Host("Ένωση Ελαιοπαραγωγών", "Θεσσαλονίκη", "GR", "Παρουσιάζουμε καινοτόμες επιχειρήσεις ελαιολάδου."),
    "bg": Host("Клъстер Роза", "Пловдив", "BG", "Показваме дестилериите за розово масло."),
}

FOUND = [
    # English: other forms of a word, its beginning, words in any order, a quoted phrase, without a word
    ("experience", "en"),
    ("packaged sustainably", "en"),
    ("packag", "en"),
    ("logistic bakery", "en"),
    ('"sustainable packaging"', "en"),
    ('"packaging sustainable"', None),
    ("sustainable -bakeries", None),
    ('sustainable -"northern lights"', "en"),
    ("NORTHERN", "en"),
    ("nothern bakries", "en"),
    ("the experience of leeds", "en"),
    # German: umlauts typed or not, plural and case, no word in between needed
    ("Maschinenbau und Energie", "de"),
    ("Führung Fabrik", "de"),
    ("fuhrungen munchen", "de"),
    ("Werkstatt", "de"),
    ("Mobelhersteler", "de"),
    ("Munchn", "de"),
    ("erneuerbarer", "de"),
    # French: elision, accents, plural
    ("économie", "fr"),
    ("economie circulaires", "fr"),
    ("l'entreprise créative", "fr"),
    ("ceramique limoge", "fr"),
    ("Limogges", "fr"),
    ("céramiques", "fr"),
    # Italian
    ("innovazione digitale", "it"),
    ("azienda calzaturiera", "it"),
    ("forli", "it"),
    ("Distreto Calzaturero", "it"),
    # Spanish
    ("fábrica textil barcelona", "es"),
    ("fabricas residuo", "es"),
    ("Barselona", "es"),
    ("exportación", "es"),
    ("Asociacion Tekstil", "es"),
    # Portuguese
    ("plantação", "pt"),
    ("sobreiro industria", "pt"),
    ("evora", "pt"),
    ("cortica", "pt"),
    # Dutch
    ("oplossing duurzaam", "nl"),
    ("oplossing", "nl"),
    ("s-Hertogenbosch", "nl"),
    ("hertogenbos", "nl"),
    ("Scheepsbauw", "nl"),
    # Romanian: comma below or not
    ("ferma ecologică", "ro"),
    ("timisoara", "ro"),
    ("întreprindere", "ro"),
    ("Timisuara", "ro"),
    # Greek, with and without accents
    ("καινοτομες", "el"),
    ("επιχείρηση", "el"),
    ("Θεσαλονικη", "el"),
    # A language without a stemmer: by the beginnings of words
    ("дестилерия", "bg"),
    ("розово масло", "bg"),
    ("Пловдив", "bg"),
    # Names of countries; nothing at all
    ("Romania", "ro"),
    ("zeppelin", None),
]


def host(under: Parties, described: Host) -> Profile:
    organisation = people.organisation(
        "BE",
        legal_name=described.name,
        city=described.city,
        mission="",
        country_id=described.country,
        cluster=people.cluster("BE"),
    )
    return lifecycle.published(
        organisation,
        under.hop,
        people.member(organisation),
        under.so,
        kind=ProfileKind.HOST,
        description=described.description,
    )


def found(typed: str) -> set[int]:
    query = parse_text_query(typed, Profile.objects.published()).query
    return set(SearchDocument.objects.filter(document__holds=query).values_list("pk", flat=True))


def test_a_table_of_what_is_found() -> None:
    """In one test: the ten hosts are made once."""
    parties = usual_parties()
    hosts = {host(parties, described).pk: language for language, described in HOSTS.items()}
    wrong = {}
    for typed, expected in FOUND:
        languages = {hosts[pk] for pk in found(typed)}
        if languages != ({expected} if expected else set()):
            wrong[typed] = (expected, languages)
    assert wrong == {}
    published = Profile.objects.published()
    slip = parse_text_query("Barselona", published)
    assert [(one.typed, one.shown) for one in slip.corrections] == [("barselona", ("barcelona",))]
    assert nearest_names("Asociatia Textil", published)[0] == "Asociación Textil Catalana"
    assert nearest_names("zzzz", published) == []
    assert parse_text_query("Barselona", Profile.objects.none()).corrections == []


def test_a_country_is_found_by_its_eu_name_and_by_the_one_it_had_before() -> None:
    profile = host(usual_parties(), HOSTS["en"])
    Organisation.objects.filter(pk=profile.organisation_id).update(country="TR")
    index.refresh([profile.pk])
    assert [found(name) for name in ("Turkey", "Türkiye", "turkiye", "Czech Republic")] == [{profile.pk}] * 3 + [set()]


@pytest.mark.parametrize(
    "typed", ["", " ", "-", '"', '""', '-""', "!!!", "' | !", "a:*", "\\", "<->", "%", "🦄", "-🦄"]
)
def test_what_says_nothing_asks_for_nothing_and_breaks_nothing(typed: str) -> None:
    assert isinstance(found(typed or "x"), set)


def test_terms() -> None:
    assert list(terms_of('one "two three" -four -"five six" "seven')) == [
        Term("one"),
        Term("two three", is_phrase=True),
        Term("four", is_excluded=True),
        Term("five six", is_phrase=True, is_excluded=True),
        Term("seven"),
    ]
