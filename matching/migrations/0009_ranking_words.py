"""How the words of a profile's texts are told apart for the ranking, and the empty vocabulary it begins with."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

# Words that say nothing, in the languages whose lists PostgreSQL brings; what is left is stemmed as English.
STOPS = (
    "english", "danish", "dutch", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese",
    "spanish", "swedish",
)  # fmt: skip
CHAIN = ", ".join([*(f"matching_stop_{language}" for language in STOPS), "unaccent", "english_stem"])

MAKE = (
    "\n".join(
        f"CREATE TEXT SEARCH DICTIONARY matching_stop_{language}"
        f" (TEMPLATE = pg_catalog.simple, STOPWORDS = {language}, ACCEPT = false);"
        for language in STOPS
    )
    + f"""
CREATE TEXT SEARCH CONFIGURATION matching_words (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION matching_words
    ADD MAPPING FOR asciiword, word, numword, hword_asciipart, hword_part, hword_numpart WITH {CHAIN};
INSERT INTO matching_vocabulary
    (is_current, fitted_at, profiles, rare_topics, rarest_topics, rare_words, rarest_words, text_scale)
    VALUES (true, '2000-01-01 00:00+00', 0, 0::bit(256), 0::bit(256), 0::bit(8192), 0::bit(8192), 1);
"""
)
DROP = "DELETE FROM matching_vocabulary; DROP TEXT SEARCH CONFIGURATION matching_words;" + "".join(
    f"DROP TEXT SEARCH DICTIONARY matching_stop_{language};" for language in STOPS
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_ranking_tables"), ("profiles", "0005_bit_numbers")]

    operations = [UnaccentExtension(), migrations.RunSQL(MAKE, DROP)]
