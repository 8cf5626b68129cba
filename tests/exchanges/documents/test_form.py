"""What every document owes its reader: it is sound, tagged, titled, embedded, repeatable, legible."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, pairwise
from os import environ
from pathlib import Path

import pytest
from django.utils import translation

from cxc.documents.pdf import Mark, sha256
from exchanges.documents import render_document
from tests.documents.pdf.reading import (
    checked,
    fonts_without_file,
    headings,
    opened,
    outline,
    pictures,
    root_of,
    share_of,
    tags,
    texts,
    words,
)
from tests.exchanges.documents import samples

pytestmark = [pytest.mark.pdf, pytest.mark.pdf_tools]

Rendered = Callable[..., bytes]
ORDINARY = ["CTQ", "FA", "FAR"]
LONGEST = ["LONGEST_CTQ", "LONGEST_FA", "LONGEST_FAR"]
A4_WIDTH, A4_HEIGHT = 595.28, 841.89


@pytest.mark.parametrize("name", ORDINARY + LONGEST)
def test_is_a_sound_file(rendered: Rendered, name: str, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors found" in checked(rendered(name), tmp_path)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("CTQ", "Commitment to Quality CTQ-2026-0042, version 2"),
        ("FA", "Financial Agreement FA-2026-0042, version 1"),
        ("FAR", "Final Activity Report FAR-2026-0042, version 1"),
    ],
)
def test_says_title_language_and_day(rendered: Rendered, name: str, title: str) -> None:
    root, metadata = root_of(rendered(name)), opened(rendered(name)).metadata
    assert metadata is not None
    assert (metadata.title, metadata.author, root["/Lang"]) == (title, "ClusterXchange", "en")
    assert metadata.get("/CreationDate") == f"D:{getattr(samples, name).head.dated:%Y%m%d}"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    assert root["/MarkInfo"]["/Marked"].value is True
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("name", ORDINARY + LONGEST)
def test_embeds_its_fonts(rendered: Rendered, name: str) -> None:
    assert fonts_without_file(rendered(name)) == []


@pytest.mark.parametrize("name", ORDINARY + LONGEST)
def test_headings_begin_at_one_and_skip_no_level(rendered: Rendered, name: str) -> None:
    levels = [int(tag[1]) for tag in headings(rendered(name))]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("name", ORDINARY)
def test_tables_lists_and_pictures_are_tagged_as_such(rendered: Rendered, name: str) -> None:
    found = set(tags(rendered(name)))
    assert {"Document", "Figure", "H1", "H2", "P", "Table", "TR", "TH", "TD"} - found == set()
    assert tags(rendered(name))[:2] == ["Document", "Figure"]


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        (
            "CTQ",
            [
                "The parties",
                "The exchange",
                "What all visitors of this visit share",
                "Agenda",
                "What this visitor brings and expects",
                "What the parties commit to",
                "Signatures",
            ],
        ),
        (
            "FA",
            [
                "The parties",
                "The exchange",
                "Lump sum and payee",
                "How much is paid",
                "Terms of payment",
                "What the parties undertake",
                "Entry into force and end",
                "Records, checks and audits",
                "Data protection",
                "Liability and force majeure",
                "Recovery",
                "Law and disputes",
                "Annexes",
                "Signatures",
            ],
        ),
        (
            "FAR",
            [
                "The parties",
                "The exchange as it was",
                "Activities against the agenda",
                "What came of it",
                "Satisfaction and consent",
                "Evidence of the stay",
                "What the visiting organisation declares",
                "Handed in and accepted",
                "The agenda as agreed",
            ],
        ),
    ],
)
def test_sections_stand_in_order(rendered: Rendered, name: str, sections: list[str]) -> None:
    assert outline(rendered(name), depth=1) == sections


@pytest.mark.parametrize("name", ORDINARY + LONGEST)
def test_every_page_has_reference_version_number_and_disclaimer(rendered: Rendered, name: str, tmp_path: Path) -> None:
    head = getattr(samples, name).head
    pages = texts(rendered(name), tmp_path)
    for number, text in enumerate(pages, start=1):
        assert f"{head.reference} · version {head.version}" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "European Innovation Council and Small and Medium-sized Enterprises" in text


@pytest.mark.parametrize(("mark", "word"), [("draft", "DRAFT"), ("cancelled", "CANCELLED")])
@pytest.mark.parametrize("name", ORDINARY)
def test_a_mark_is_on_every_page(rendered: Rendered, name: str, mark: Mark, word: str, tmp_path: Path) -> None:
    marked = texts(rendered(name, mark), tmp_path)
    assert [number for number, text in enumerate(marked, start=1) if f"{word} · " not in text] == []
    assert [text for text in texts(rendered(name), tmp_path) if word in text] == []


@pytest.mark.parametrize(("mark", "colour"), [("draft", (219, 227, 236)), ("cancelled", (243, 220, 220))])
def test_a_mark_runs_across_every_page(
    rendered: Rendered, mark: Mark, colour: tuple[int, int, int], tmp_path: Path
) -> None:
    shares = [share_of(colour, page) for page in pictures(rendered("FA", mark), tmp_path)]
    assert [share for share in shares if share < 0.005] == []
    assert [share for page in pictures(rendered("FA"), tmp_path) if (share := share_of(colour, page))] == []


@pytest.mark.parametrize("name", LONGEST)
def test_the_longest_text_stays_on_the_page_and_covers_nothing(rendered: Rendered, name: str, tmp_path: Path) -> None:
    for page in words(rendered(name), tmp_path):
        outside = [w for w in page if w.left < 56 or w.right > A4_WIDTH - 52 or w.top < 20 or w.bottom > A4_HEIGHT - 20]
        assert outside == []
        assert [(a.text, b.text) for a, b in combinations(page, 2) if a.covers(b, by=3.5)] == []


@pytest.mark.parametrize("name", LONGEST)
def test_greek_cyrillic_and_armenian_are_read_back(rendered: Rendered, name: str, tmp_path: Path) -> None:
    text = "".join("".join(texts(rendered(name), tmp_path)).split())
    assert [word for word in ("Βιοτεχνολογίας", "мехатроника", "ճարտարագիտական") if word not in text] == []


def test_an_agenda_of_three_pages_prints_every_item(rendered: Rendered, tmp_path: Path) -> None:
    pages = texts(rendered("LONGEST_CTQ"), tmp_path)
    whole = " ".join(pages)
    missing = [n for n in range(1, 76) if f"Item {n}: visit and workshop" not in whole]
    with_agenda = [number for number, text in enumerate(pages) if "visit and workshop" in text]
    assert missing == []
    assert len(with_agenda) >= 3
    assert [number for number in with_agenda if "Time Activity Led by Place" not in pages[number]] == []


@pytest.mark.parametrize("name", ORDINARY)
def test_the_same_values_give_the_same_bytes(rendered: Rendered, name: str) -> None:
    assert sha256(render_document(getattr(samples, name))) == sha256(rendered(name))


def test_another_process_gives_the_same_bytes(rendered: Rendered) -> None:
    script = (
        "import django; django.setup()\n"
        "from cxc.documents.pdf import sha256\n"
        "from exchanges.documents import render_document\n"
        "from tests.exchanges.documents.samples import LONGEST_CTQ\n"
        "print(sha256(render_document(LONGEST_CTQ)))"
    )
    env = environ | {"PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo"}
    done = subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == sha256(rendered("LONGEST_CTQ"))


def test_another_version_gives_other_bytes(rendered: Rendered) -> None:
    later = replace(samples.FA, head=replace(samples.FA.head, version=2))
    assert sha256(render_document(later)) != sha256(rendered("FA"))


def test_the_readers_language_changes_nothing(rendered: Rendered) -> None:
    with translation.override("fr"):
        assert sha256(render_document(samples.FA)) == sha256(rendered("FA"))
