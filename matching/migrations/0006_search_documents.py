"""Searching: words folded (small, no accents) and stemmed in every language that PostgreSQL 14 knows of the scheme."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# Each word is stemmed in all of them: nobody says in which language a profile is written, and many are in two.
LANGUAGES = (
    *("english", "german", "french", "italian", "spanish", "portuguese", "dutch", "romanian"),
    *("greek", "hungarian", "swedish", "danish", "finnish", "lithuanian"),
)

_STEMMED = " || ".join(f"to_tsvector('pg_catalog.{name}', folded)" for name in LANGUAGES)
_STEMS = " || ".join(f"plainto_tsquery('pg_catalog.{name}', folded)" for name in LANGUAGES)
_STOPS = " OR ".join(f"numnode(plainto_tsquery('pg_catalog.{name}', word)) = 0" for name in LANGUAGES)

FUNCTIONS = f"""
CREATE FUNCTION cxc_fold(words text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(lower(unaccent(words)), '[^[:alnum:]]+', ' ', 'g'))
$$;
COMMENT ON FUNCTION cxc_fold IS 'Small letters without accents, nothing but words between single blanks.';

CREATE FUNCTION cxc_stems(folded text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.simple', folded) || strip({_STEMMED})
$$;
COMMENT ON FUNCTION cxc_stems IS 'The words as they are with their places, for phrases, and their stems without.';

CREATE FUNCTION cxc_word(folded text, beginnings boolean) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_tsquery('pg_catalog.simple', folded || CASE WHEN beginnings AND length(folded) > 2 THEN ':*' ELSE '' END)
        || {_STEMS}
$$;
COMMENT ON FUNCTION cxc_word IS 'One word in any of its forms; with beginnings: also words that begin with it.';

CREATE FUNCTION cxc_is_filler(word text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT {_STOPS}
$$;
COMMENT ON FUNCTION cxc_is_filler IS 'Whether one of the languages leaves the word out (and, und, et).';
"""
BACK = "DROP FUNCTION cxc_is_filler, cxc_word, cxc_stems, cxc_fold;"


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_choosing"), ("profiles", "0004_similar_names")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, BACK),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="profiles.profile",
                    ),
                ),
                ("names", models.TextField()),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["document"], name="search_words")
                ],
            },
        ),
    ]
