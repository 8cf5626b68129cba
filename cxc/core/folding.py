"""The folded key of a text: what sorting, searching and comparing look at, everywhere the same.

`folded("Österreich – Łódź")` is "osterreich lodz": no accents, no capitals, ligatures and letters like ø, ß and ł as
the plain letters they are sorted by, composed and decomposed texts alike, anything but letters and digits as one blank.

`cxc_folded` is the same as a function of the database (core's migration `folded_key`), immutable and without an
extension, so that it can stand in an index or a unique constraint; a test holds the two equal. Text columns know three
words for it: `name__folded` (the key: to order by, or to compare with a folded text), `name__folded_contains` (the text
typed is folded too), and `name__in_language` (a name of the reference data in the language of the moment; with
`__folded` behind it the key in the order of the language's letters, `cxc.core.letters`).
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Field, Lookup, TextField, Transform
from django.utils.translation import get_language, gettext

from cxc.core.letters import own_letters_marked

# After the text is decomposed (NFKD): marks and invisible characters, which go ...
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# ... and what separates words, which becomes a blank.
_BLANKS = (
    "\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u02b0-\u02ff\u055a-\u055f\u0589-\u058a\u10fb\u1680\u2000-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20cf\u2100-\u2bff"
    "\u2e00-\u2e7f\u3000-\u303f"
)
# Letters that no decomposition makes plain.
_PLAIN = {
    **dict(zip("øØłŁđĐðÐħĦıŧŦŋŊĸƒəƏςϲ", "oollddddhhittnnkfeeσσ", strict=True)),
    **dict(zip("ґҐ", "гг", strict=True)),
}
_PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}
_GREEK, _BEYOND_ASCII = "\u0370", "\u0080-\U0010ffff"  # where other alphabets begin; all that ASCII has not
# Blocks of alphabets whose capitals are folded: Latin, Greek, Cyrillic, Armenian, Georgian.
_ALPHABETS = ((0x41, 0x5A), (0xC0, 0x24F), (0x370, 0x52F), (0x531, 0x556), (0x10A0, 0x10C5), (0x1C90, 0x1CBF))


def _capitals() -> dict[str, str]:
    """Each capital that decomposes no further, with its small letter."""
    signs = (chr(number) for first, last in _ALPHABETS for number in range(first, last + 1))
    return {
        sign: small
        for sign in signs
        if unicodedata.normalize("NFKD", sign) == sign and len(small := sign.lower()) == 1 and small != sign
    }


LETTERS = {**_capitals(), **_PLAIN}
_TABLE = str.maketrans(LETTERS | _PAIRS)
_GONE, _SEPARATING = re.compile(f"[{_MARKS}]"), re.compile(f"[{_BLANKS}]+")


def folded(text: object) -> str:
    """The folded key of a text."""
    plain = _GONE.sub("", unicodedata.normalize("NFKD", str(text))).translate(_TABLE)
    return _SEPARATING.sub(" ", plain).strip(" ")


def by_name(text: object) -> tuple[str, str]:
    """The key by which names are sorted in Python, in the order of the language; equal ones as they are written."""
    return folded(own_letters_marked(str(text), get_language())), str(text)


def function_body() -> str:
    """The body of `cxc_folded` in PL/pgSQL, for the migration that makes it: quick where the text is plain."""
    latin = {sign: plain for sign, plain in LETTERS.items() if "\x7f" < sign < _GREEK}
    others = {sign: plain for sign, plain in LETTERS.items() if sign >= _GREEK}
    pairs = "".join(f"key := replace(key, {_quoted(sign)}, {_quoted(pair)});" for sign, pair in _PAIRS.items())
    return f"""
DECLARE
    key text := words;
BEGIN
    IF octet_length(key) <> length(key) THEN
        key := regexp_replace(normalize(key, NFKD), {_quoted(f"[{_MARKS}]")}, '', 'g');
    END IF;
    IF octet_length(key) <> length(key) THEN
        key := translate(key, {_quoted("".join(latin))}, {_quoted("".join(latin.values()))});
        {pairs}
        IF key ~ {_quoted(f"[{_GREEK}-{chr(0xFFFF)}]")} THEN
            key := translate(key, {_quoted("".join(others))}, {_quoted("".join(others.values()))});
        END IF;
        key := regexp_replace(key, {_quoted(f"[{_BLANKS}]+")}, ' ', 'g');
    END IF;
    key := lower(key COLLATE "C");
    IF key ~ {_quoted(f"[^a-z0-9 {_BEYOND_ASCII}]|  ")} THEN
        key := regexp_replace(key, {_quoted(f"[^a-z0-9{_BEYOND_ASCII}]+")}, ' ', 'g');
    END IF;
    RETURN btrim(key, ' ');
END
"""


def _quoted(text: str) -> str:
    """As a literal of SQL, in ASCII: a file of SQL says which characters are meant."""
    return "U&'" + "".join(_escaped(sign) for sign in text) + "'"


def _escaped(sign: str) -> str:
    if sign.isascii() and sign.isprintable() and sign not in "'\\":
        return sign
    return f"\\{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\+{ord(sign):06x}"


# --- in queries ------------------------------------------------------------------------------


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """The folded key of a column."""

    lookup_name = "folded"
    function = "cxc_folded"
    output_field = TextField()


@CharField.register_lookup
@TextField.register_lookup
class FoldedContains(Lookup):
    """Whether the column's folded key holds that of a text; a text of nothing but signs is held by all."""

    lookup_name = "folded_contains"

    def get_prep_lookup(self) -> str:
        return f"%{folded(self.rhs)}%"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"cxc_folded({left}) LIKE {right}", (*left_params, *right_params)


def words_index(column: str, name: str) -> GinIndex:
    """An index that finds parts of a column's folded key, and words spelled similarly (trigrams)."""
    return GinIndex(OpClass(Folded(column), name="gin_trgm_ops"), name=name, fastupdate=False)


class SpokenText(TextField):
    """A text of the reference data as it is said in the language of the moment."""


@CharField.register_lookup
@TextField.register_lookup
class InLanguage(Transform):
    """A name of the reference data as it is said in the language of the moment."""

    lookup_name = "in_language"
    output_field = SpokenText()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.lhs)
        translated = _translations_of(get_language())
        if not translated:
            return sql, tuple(params)
        return f"coalesce(%s::jsonb ->> {sql}, {sql})", (translated, *params, *params)


@SpokenText.register_lookup
class SpokenKey(Transform):
    """The key to order such a name by: in the order of the language's letters, as `by_name`."""

    lookup_name = "folded"
    output_field = TextField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_options: Any
    ) -> tuple[str, tuple[Any, ...]]:
        spoken: Any = self.lhs
        sql, params = compiler.compile(spoken.lhs)
        keys = _keys_of(get_language())
        if not keys:
            return f"cxc_folded({sql})", tuple(params)
        return f"coalesce(%s::jsonb ->> {sql}, cxc_folded({sql}))", (keys, *params, *params)


_names: list[str] = []


def register_names(names: Iterable[str]) -> None:
    """Names of reference data that the catalogues of languages know."""
    _names.extend(names)
    _translations_of.cache_clear()
    _keys_of.cache_clear()


@lru_cache
def _keys_of(language: str | None) -> str:
    """The keys of the names that this language (the one of the moment) orders otherwise, as JSON; '' without any."""
    keys = {name: key for name in _names if (key := by_name(gettext(name))[0]) != folded(name)}
    return json.dumps(keys) if keys else ""


@lru_cache
def _translations_of(language: str | None) -> str:
    """The names that this language (the one of the moment) says otherwise, as JSON; '' where there are none."""
    translated = {name: word for name in _names if (word := gettext(name)) != name}
    return json.dumps(translated) if translated else ""


def order_path(model: Any, path: str) -> str:
    """The path to order by: of a text column its folded key, of a name of reference data as the language says it.

    Columns of codes and choices, and what is no column, stay as they are.
    """
    field, owner = _field_at(model, path)
    if field is None or not is_text(model, path) or field.choices or field.primary_key:
        return path
    spoken = field.name in getattr(owner, "TRANSLATED", ())
    return f"{path}__in_language__folded" if spoken else f"{path}__folded"


def is_text(model: Any, path: str) -> bool:
    """Whether a path leads to a column of text."""
    return isinstance(_field_at(model, path)[0], CharField | TextField)


def _field_at(model: Any, path: str) -> tuple[Field | None, Any]:
    """The column at the end of a path, with its model; None where the path leads to none."""
    field = None
    for name in path.split("__"):
        model = field.related_model if field is not None else model
        try:
            field = model._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            return None, None
        if field is None:
            return None, None
    return field, model
