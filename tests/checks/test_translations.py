"""The check of the catalogues: every text of the source is said in every language, as it was compiled."""

from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from checks import translations


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of a source of two texts, both translated, and compiled."""
    said = Catalog()
    said.add("Saved.")
    said.add(("%(number)s host", "%(number)s hosts"), flags=["python-format"])
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(translations, "source", lambda: said)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "languages", lambda: [("fr", path)])
    monkeypatch.setattr(translations, "renamed_texts", list)
    translations.write()
    _say(path, "Enregistré.", ("%(number)s hôte", "%(number)s hôtes"))
    return path


def _say(path: Path, saved: str, hosts: tuple[str, str]) -> None:
    catalog = translations.read("fr", path)
    catalog["Saved."].string = saved
    catalog["%(number)s host"].string = hosts
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True)
    path.with_suffix(".mo").write_bytes(translations.compiled(translations.read("fr", path)))


def test_a_catalogue_that_says_all_is_right(kept: Path) -> None:
    assert list(translations.faults()) == []


def test_writing_again_changes_nothing(kept: Path) -> None:
    translations.write()
    before = kept.read_bytes(), kept.with_suffix(".mo").read_bytes()
    translations.write()
    assert (kept.read_bytes(), kept.with_suffix(".mo").read_bytes()) == before


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (("", ("%(number)s hôte", "%(number)s hôtes")), "not translated: Saved."),
        (("Enregistré.", ("%(number)s hôte", "")), "not translated: %(number)s host"),
        (("Enregistré.", ("%(nombre)s hôte", "%(number)s hôtes")), "%(number)s host: "),
    ],
)
def test_what_is_missing_or_would_break_is_told(kept: Path, texts: tuple[str, tuple[str, str]], fault: str) -> None:
    _say(kept, *texts)
    assert [found.text.startswith(fault) for found in translations.faults()] == [True]


def test_a_catalogue_changed_and_not_compiled_is_told(kept: Path) -> None:
    kept.with_suffix(".mo").write_bytes(b"")
    assert [found.path for found in translations.faults()] == ["fr/LC_MESSAGES/django.mo"]


def test_a_text_that_is_only_worded_anew_keeps_its_translation(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Catalog()
    now.add("Stored.")
    now.add("%(amount)s hosts", flags=["python-format"])
    rows = [("Saved.", "Stored."), ("%(number)s host", "%(amount)s hosts")]
    monkeypatch.setattr(translations, "source", lambda: now)
    monkeypatch.setattr(translations, "renamed_texts", lambda: rows)
    translations.write()
    assert translations.read("fr", kept)["Stored."].string == "Enregistré."
    # Other placeholders are another text.
    assert [found.text for found in translations.faults()] == ["not translated: %(amount)s hosts"]


def test_a_row_of_a_text_that_the_source_does_not_say_is_told(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Held.", "Kept."), ("Kept.", "Saved."), ("Gone.", "Left.")]
    monkeypatch.setattr(translations, "renamed_texts", lambda: rows)
    (found,) = translations.faults()
    assert (found.path, found.text.partition(" (")[0]) == ("locale/renamed_texts.csv", "no text of the source: Left.")


@pytest.mark.parametrize(("code", "path"), list(translations.languages()))
def test_each_text_worded_anew_is_translated(code: str, path: Path) -> None:
    catalog, rows = translations.read(code, path), translations.renamed_texts()
    worded_anew = {old for old, _new in rows}
    assert len(rows) > 60
    assert [new for _old, new in rows if new not in worded_anew and not catalog[new].string] == []


def test_texts_of_code_and_templates_are_found() -> None:
    found = translations.source()
    assert "You may not do this: %(transition)s." in found  # Python
    assert "Skip to the content" in found  # a template
    assert "Cluster management" in found  # reference data


def test_a_language_that_may_have_gaps_is_told_how_much_is_there(kept: Path, settings: Any) -> None:
    _say(kept, "", ("%(number)s hôte", "%(number)s hôtes"))
    assert list(translations.shares()) == []
    settings.PARTLY_TRANSLATED_LANGUAGES = {"fr"}
    assert list(translations.faults()) == []
    assert list(translations.shares()) == ["fr: 1 of 2 texts"]
    _say(kept, "", ("%(nombre)s hôte", "%(number)s hôtes"))
    assert len(list(translations.faults())) == 1, "What is translated has to be right."
