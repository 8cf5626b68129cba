"""The words of a text: its language, its stems, and what is left out."""

import pytest

from matching.fit.words import (
    STEMMERS,
    WordParts,
    function_words,
    general_words,
    is_stop_word,
    language_of,
    stems_of,
    stop_words,
)

# Two sentences of each language that share at least two words, in other forms.
PAIRS = {
    "bg": (
        "Ние предлагаме рециклиране на текстилни отпадъци за малки фирми.",
        "Търсим партньори, които се занимават с рециклирането на текстил и отпадъците от него.",
    ),
    "cs": (
        "Naše firma se zabývá recyklací textilu a vyvíjí senzory pro továrny.",
        "Hledáme partnery, kteří recyklují textil a používají senzorů v továrnách.",
    ),
    "da": (
        "Vi genbruger tekstiler og udvikler sensorer til fabrikker.",
        "Vi er en virksomhed og søger en partner, der bruger sensoren i sin fabrik og genbrug.",
    ),
    "de": (
        "Wir entwickeln Sensoren für die Fabrik und verwerten Textilien.",
        "Das Unternehmen sucht einen Partner, der mit dem Sensor in Fabriken arbeitet.",
    ),
    "el": (
        "Η εταιρεία μας αναπτύσσει αισθητήρες για τα εργοστάσια και την ανακύκλωση.",
        "Αναζητούμε έναν συνεργάτη που χρησιμοποιεί τον αισθητήρα στο εργοστάσιο.",
    ),
    "en": (
        "We develop sensors for factories and recycle textiles.",
        "The company is looking for a partner with a sensor in its factory.",
    ),
    "es": (
        "Desarrollamos sensores para las fábricas y reciclamos textiles.",
        "La empresa busca un socio con un sensor en su fábrica.",
    ),
    "et": (
        "Meie ettevõte arendab andureid ja tegeleb tekstiilide taaskasutusega.",
        "Otsime partnerit, kes kasutab andurit ja kelle ettevõtted arendavad masinaid.",
    ),
    "fi": (
        "Yrityksemme kehittää antureita ja kierrättää tekstiilejä.",
        "Etsimme kumppania, joka käyttää anturia ja jonka tekstiili on kierrätetty.",
    ),
    "fr": (
        "Nous développons des capteurs pour les usines et recyclons les textiles.",
        "L'entreprise cherche un partenaire avec un capteur dans son usine.",
    ),
    "ga": (
        "Tá an chuideachta ag forbairt braiteoirí do na monarchana.",
        "Táimid ag lorg comhpháirtí a bhfuil braiteoir aige sa mhonarcha agus sa chuideachta.",
    ),
    "hr": (
        "Naša tvrtka razvija senzore za tvornice i reciklira tekstil.",
        "Tražimo partnera koji se bavi senzorima u tvornicama i recikliranjem.",
    ),
    "hu": (
        "A cég érzékelőket fejleszt és a textilt újrahasznosítja.",
        "Olyan partnert keresünk, aki az érzékelőt használja és a textilek után érdeklődik.",
    ),
    "it": (
        "Sviluppiamo sensori per le fabbriche e ricicliamo i tessuti.",
        "L'azienda cerca un partner con un sensore nella sua fabbrica.",
    ),
    "lt": (
        "Mūsų įmonė kuria jutiklius ir perdirba audinius.",
        "Ieškome partnerio, kuris naudoja jutiklį ir kurio audinys yra perdirbtas.",
    ),
    "lv": (
        "Mūsu uzņēmums izstrādā sensorus un pārstrādā tekstilu.",
        "Meklējam partneri, kas izmanto sensoru un pārstrādāto tekstilmateriālu rūpnīcā.",
    ),
    "mt": (
        "Il-kumpanija tagħna tiżviluppa sensuri għall-fabbriki u għar-riċiklaġġ.",
        "Qed infittxu sieħeb li juża s-sensuri fil-fabbrika u fir-riċiklaġġ ta' kumpaniji.",
    ),
    "nl": (
        "Wij ontwikkelen sensoren voor de fabriek en recyclen textiel.",
        "Het bedrijf zoekt een partner die met recycling van textiel in fabrieken werkt.",
    ),
    "pl": (
        "Nasza firma rozwija czujniki dla fabryk i zajmuje się recyklingiem tkanin.",
        "Szukamy partnera, który używa czujników w fabryce i zna recykling.",
    ),
    "pt": (
        "Desenvolvemos sensores para as fábricas e reciclamos têxteis.",
        "A empresa procura um parceiro com um sensor na sua fábrica.",
    ),
    "ro": (
        "Compania noastră dezvoltă senzori pentru fabrici și reciclează textile.",
        "Căutăm un partener care folosește senzorii în fabrică și reciclarea.",
    ),
    "sk": (
        "Naša firma vyvíja senzory pre továrne a recykluje textil.",
        "Hľadáme partnera, ktorý sa zaoberá senzormi v továrňach a recykláciou.",
    ),
    "sl": (
        "Naše podjetje razvija senzorje za tovarne in reciklira tekstil.",
        "Iščemo partnerja, ki se ukvarja s senzorji v tovarnah in z recikliranjem.",
    ),
    "sv": (
        "Vi utvecklar sensorer för fabriker och återvinner textilier.",
        "Företaget söker en partner som använder textil i fabriken.",
    ),
}

# Words in forms whose stems differ where Snowball makes them, or there is no Snowball.
FORMS = {
    "bg": ["лодка лодката", "хляб хляба хлябове"],
    "et": ["plaat plaadid plaati", "leib leiva leivad"],
    "fi": ["kenkä kengät", "pakkaus pakkaukset", "muovi muovinen muoviset", "ranta rannat"],
    "ga": ["róbat róbait", "ospidéal ospidéil", "arán harán", "treoraí treoraithe", "aip aipeanna"],
    "hr": ["kruh kruha kruhom", "brod brodovi"],
    "lv": ["medus medu", "zivs zivju"],
    "mt": ["żarbuna żraben", "flixkun fliexken", "logħba logħob"],
    "nl": ["olijf olijven", "ziekenhuis ziekenhuizen", "dak daken", "turbine turbines"],
    "pt": ["hospital hospitais", "painel painéis", "robô robôs", "jardim jardins"],
    "ro": ["vin vinuri vinurile"],
    "sk": ["hrad hradom hradoch"],
    "sl": ["kruh kruha kruhom"],
}


@pytest.mark.parametrize(("language", "forms"), [(code, forms) for code in FORMS for forms in FORMS[code]])
def test_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    frame = " ".join(sorted(function_words()[language]))
    (number,) = stems_of(f"{frame} {forms}").values()
    assert number == len(forms.split())


@pytest.mark.parametrize("language", PAIRS)
def test_the_language_is_told_and_forms_of_a_word_are_one(language: str) -> None:
    one, other = PAIRS[language]
    assert (language_of(one), language_of(other)) == (language, language)
    assert len(stems_of(one).keys() & stems_of(other).keys()) >= 2


def test_every_language_of_the_union_has_its_function_words() -> None:
    assert set(PAIRS) == set(function_words()) == set(general_words())
    assert set(STEMMERS) < set(PAIRS)
    assert min(map(len, function_words().values())) > 40


def test_a_text_that_tells_nothing_is_english() -> None:
    assert language_of("Hydrogen, textiles") == "en"
    assert language_of("") == "en"


NUMBERS_AND_GENERAL_WORDS = {
    "en": "thirty hundred short bring host",
    "de": "erste hundert kurz bringt",
    "fr": "deuxième",
    "pl": "drugi",
    "el": "δέκα",
}


@pytest.mark.parametrize("language", NUMBERS_AND_GENERAL_WORDS)
def test_numbers_and_words_that_stand_in_any_text_are_left_out(language: str) -> None:
    words = NUMBERS_AND_GENERAL_WORDS[language]
    assert set(words.split()) <= stop_words(language)
    frame = " ".join(sorted(function_words()[language]))
    assert not stems_of(f"{frame} {words}")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Lung cancer and lung imaging", "en"), ("Fire doors, fire and mine rescue", "en"), ("Le vin et la vigne", "fr")],
)
def test_a_number_or_general_word_of_another_language_does_not_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("word", ["fire", "lung", "star"])
def test_what_a_text_is_about_may_be_a_general_word_elsewhere(word: str) -> None:
    assert not is_stop_word(word)


def test_a_compound_is_made_of_words_that_are_known() -> None:
    parts = WordParts("de", {"wind": 3, "turbin": 2, "sicher": 2, "gurt": 1, "gart": 9})
    assert parts.of("windturbinen") == ("wind", "turbin")
    assert parts.of("windmühlen") == ()
    assert parts.of("turbine") == ()


def test_words_are_counted_without_stop_words_addresses_and_accents() -> None:
    text = "The résumé of robots: 5G robots, see https://example.org/robots or robots@example.org, and A robot"
    assert stems_of(text) == {"resum": 1, "robot": 3, "5g": 1}
    assert stems_of("Café") == stems_of("CAFE")


@pytest.mark.parametrize("text", ["1" * 200_000, "a" * 200_000, "@" * 200_000, "www." * 50_000])
def test_whatever_is_typed_is_read_in_a_time_that_grows_with_its_length(text: str) -> None:
    """A pattern that begins anew at each sign would take minutes for any of these."""
    language_of(text)
    assert len(stems_of(text)) <= 1
    assert WordParts("de", {"aaaa": 1, "1111": 1}).of(text) == ()
