"""The catalogues in `locale/`: what the source says, and how each language says it.

`python -m checks.translations` tells what is missing, wrong or not compiled; with `--write` (`./portal
translations`) it brings the catalogues up to date first: new texts wait with an empty translation, those that the
source does not say any more are taken out. A text that was only worded anew keeps its translation where
`locale/renamed_texts.csv` names both wordings. Compiled catalogues are kept, so that a fresh clone needs no tool.
"""

import csv
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from checks.source import PACKAGES, ROOT, Fault
from checks.typography import typeset
from checks.untranslated import NOT_TRANSLATED

LOCALE = ROOT / "locale"
RENAMED_TEXTS = LOCALE / "renamed_texts.csv"
PLACEHOLDER = re.compile(r"%\(\w+\)\w")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "said": None,
    "_now": None,  # `gettext` beside `gettext_lazy as _`
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def source() -> Catalog:
    """Every text of the portal's own code and templates."""
    found = Catalog(charset="utf-8")
    for code in _sources():
        options = {"encoding": "utf-8"}
        for _line, texts, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS, options=options):
            found.add(texts, context=context, flags=["python-format"] if "%(" in str(texts) else [])
    return found


def _sources() -> Iterator[str]:
    """Each file as Python: of a template its texts are left, as Django reads them."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.read_text()
    for path in sorted((ROOT / "templates").rglob("*")):
        name = str(path.relative_to(ROOT))
        if path.suffix in {".html", ".txt"} and not name.startswith(NOT_TRANSLATED):
            # What is left of the markup would be taken for indentation.
            lines = templatize(path.read_text(), origin=name).splitlines()
            yield "\n".join(line.strip() for line in lines)


def languages() -> Iterator[tuple[str, Path]]:
    """Each language but the one of the source, with its catalogue."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            yield code, LOCALE / code / "LC_MESSAGES" / "django.po"


def read(code: str, path: Path) -> Catalog:
    """A language's catalogue as kept; an empty one where there is none."""
    if not path.exists():
        about = f"# How the ClusterXchange portal speaks “{code}”. Kept by ./portal translations (docs/languages.md)."
        return Catalog(code, header_comment=about, project="ClusterXchange portal", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def updated(code: str, path: Path) -> Catalog:
    """The kept catalogue with exactly the texts of the source."""
    catalog = read(code, path)
    begun = catalog.creation_date
    _keep_translations_of_renamed(catalog)
    catalog.update(source(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = begun  # else each run would change the file
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = str(catalog.project)
    return catalog


def renamed_texts() -> list[tuple[str, str]]:
    """Texts that were worded anew without another meaning: old and new wording, in the order of the table."""
    with RENAMED_TEXTS.open(newline="", encoding="utf-8") as file:
        return [(row["old text"], row["new text"]) for row in csv.DictReader(file)]


def _keep_translations_of_renamed(catalog: Catalog) -> None:
    """Give each new wording the translation of the old one, unless their placeholders differ."""
    for old, new in renamed_texts():
        known = catalog.get(old)
        if known is not None and new not in catalog and _placeholders(old) == _placeholders(new):
            catalog.add(new, known.string)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as it is read at run time, typeset; changes the one that is given."""
    buffer = BytesIO()
    write_mo(buffer, typeset(catalog))
    return buffer.getvalue()


def write() -> None:
    """Bring every catalogue and its compiled form up to date."""
    for code, path in languages():
        catalog = updated(code, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, sort_output=True, width=116)
        path.with_suffix(".mo").write_bytes(compiled(read(code, path)))


def faults() -> Iterator[Fault]:
    """What is not translated (unless the language may have gaps), translated wrongly, or not compiled."""
    texts = source()
    yield from _faults_of_renamed(texts)
    for code, path in languages():
        name, catalog = str(path.relative_to(ROOT)), read(code, path)
        if code not in settings.PARTLY_TRANSLATED_LANGUAGES:
            missing = _not_translated(texts, catalog)
            yield from (Fault(name, 1, f"not translated: {_shown(text)}") for text in missing)
        for text, wrong in catalog.check():
            yield from (Fault(name, 1, f"{_shown(text)}: {error}") for error in wrong)
        binary = path.with_suffix(".mo")
        if not binary.exists() or binary.read_bytes() != compiled(catalog):
            yield Fault(str(binary.relative_to(ROOT)), 1, "not compiled from the catalogue: ./portal translations")


def _faults_of_renamed(texts: Catalog) -> Iterator[Fault]:
    """Rows whose new wording neither the source says nor another row worded anew."""
    rows = renamed_texts()
    worded_anew = {old for old, _new in rows}
    for _old, new in rows:
        if new not in texts and new not in worded_anew:
            advice = "add a row with what it became, or remove this row"
            yield Fault(str(RENAMED_TEXTS.relative_to(LOCALE.parent)), 1, f"no text of the source: {new} ({advice})")


def shares() -> Iterator[str]:
    """How much is there of each language that may have gaps: "de: 1,234 of 4,502 texts"."""
    partly = [(code, path) for code, path in languages() if code in settings.PARTLY_TRANSLATED_LANGUAGES]
    texts = source() if partly else Catalog()
    for code, path in partly:
        missing = len(_not_translated(texts, read(code, path)))
        yield f"{code}: {len(texts) - missing:,} of {len(texts):,} texts"


def _not_translated(texts: Catalog, catalog: Catalog) -> list[Message]:
    """The texts of the source that a language does not say."""
    return [text for text in texts if text.id and not _is_translated(catalog, text)]


def _is_translated(catalog: Catalog, text: Message) -> bool:
    """A text marked as unsure ("fuzzy") is not compiled, so it counts as missing."""
    known = catalog.get(text.id, text.context)
    texts = known.string if known and not known.fuzzy else ""
    return all(texts) if isinstance(texts, tuple | list) else bool(texts)


def _shown(text: Message) -> str:
    return text.id if isinstance(text.id, str) else text.id[0]


def main() -> int:
    """0 when nothing is wrong, else 1 with a line for each fault; says how much a partly translated language has."""
    django.setup()
    if "--write" in sys.argv:
        write()
    found = sorted(faults())
    print("\n".join([*map(str, found), *shares()]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
