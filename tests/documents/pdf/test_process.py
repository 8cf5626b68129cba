"""PDFs are made in a process of their own: limited in time, replaced, with no font of the machine."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from cxc.documents import pdf
from cxc.documents.pdf import process
from cxc.documents.pdf.process import Maker
from cxc.documents.pdf.rendering import _pdf, _stylesheet
from tests.documents.pdf.reading import opened, texts

pytestmark = pytest.mark.pdf

# Each script, signs, Word's bullet as it is stored, and a long word.
SCRIPTS = "Žlutý kůň ẞ Ελλάδα Київ Ѓорѓи თბილისი ᲗᲑᲘᲚᲘᲡᲘ Երևան → ⇒ ∑ ≤ ∀ √ ☎ ✓ • ▪ ➢ € ₴ ₾"
PAGE = f'<html lang="en"><title>t</title><body><h1>{SCRIPTS}</h1><p>{SCRIPTS}<p><b><i>{SCRIPTS}</i></b>'
SMALL = "<html lang=en><title>t</title>"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


def fonts_in(reader: PdfReader) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }


def asked(maker: Maker, html: str = SMALL, css: str = "") -> bytes:
    return maker.make(html=html, css=css, identifier="1" * 32)


def made(html: str = PAGE) -> bytes:
    maker = Maker()
    try:
        return asked(maker, html, _stylesheet().read_text())
    finally:
        maker.end()


def test_every_script_of_europe_is_printed_in_the_projects_fonts(tmp_path: Path) -> None:
    content = made()
    assert {name for name in fonts_in(opened(content)) if not name.startswith("Noto-Sans")} == set()
    read = "".join("".join(texts(content, tmp_path)).split())
    assert [word for word in SCRIPTS.split() if word not in read] == []


def test_the_same_bytes_with_many_fonts_on_the_machine_and_with_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, none = tmp_path / "many", tmp_path / "none"
    (many / ".fonts").mkdir(parents=True)
    none.mkdir()
    for font in DEJAVU.glob("*.ttf"):
        shutil.copy(font, many / ".fonts" / f"NotoSans-{font.name}")
    monkeypatch.setenv("HOME", str(many))
    with_many = made()
    monkeypatch.setenv("HOME", str(none))
    monkeypatch.setenv("FONTCONFIG_FILE", str(none / "fonts.conf"))
    monkeypatch.setenv("FONTCONFIG_PATH", str(none))
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    assert pdf.sha256(with_many) == pdf.sha256(made())


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker()
    assert maker.is_able()
    first = maker.pid
    monkeypatch.setattr(process, "SECONDS", 0.001)
    with pytest.raises(pdf.TooSlowError), pdf.interactive_time_limit():
        asked(maker, PAGE)
    assert asked(maker).startswith(b"%PDF")
    assert first not in {maker.pid, os.getpid()}
    maker.end()


def test_who_waits_too_long_for_others_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Maker()
    monkeypatch.setattr(process, "WAITING_SECONDS", 0.001)
    with maker._lock, pytest.raises(pdf.TooSlowError):
        asked(maker)


def test_the_process_is_replaced_after_some_documents_and_when_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_OF_ONE", 2)
    maker, pids = Maker(), []
    for _number in range(3):
        assert maker.is_able()
        pids.append(maker.pid)
        asked(maker)
    assert (pids[0] == pids[1], pids[1] == pids[2]) == (True, False)
    os.kill(maker.pid or 0, 9)
    assert asked(maker).startswith(b"%PDF")
    maker.end()


def test_the_process_that_asks_does_not_load_what_lays_out_pages() -> None:
    before = set(sys.modules)
    _pdf(SMALL)
    assert {name for name in set(sys.modules) - before if name.startswith("weasyprint")} == set()
