"""Name, funding line and emblem of the scheme are settings; unset, nothing is said otherwise than before."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cxc.core.emblem import emblem_version
from cxc.documents.pdf import rendering
from cxc.settings.environment import emblem, text
from tests.html import source_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'


@pytest.mark.django_db
def test_pages_say_what_the_settings_say(client: Client, settings: Any) -> None:
    before = source_of(client.get("/accessibility/"))
    assert "· ClusterXchange </title>" in before
    assert "an initiative of the European Union" in before
    settings.SCHEME_NAME, settings.FUNDING_LINE, settings.EMBLEM = "Next & Xchange", "Funded by <them>.", SVG
    page = source_of(client.get("/accessibility/"))
    assert "· Next &amp; Xchange </title>" in page
    assert "<p>Funded by &lt;them&gt;.</p>" in page
    assert re.search(r'src="/emblem\.svg\?v=[0-9a-f]{12}"', page)


@pytest.mark.django_db
def test_the_emblem_is_given_where_there_is_one(client: Client, settings: Any) -> None:
    assert client.get("/emblem.svg").status_code == 404
    settings.EMBLEM = SVG
    answer = client.get("/emblem.svg")
    assert (answer.content, answer["Content-Type"]) == (SVG, "image/svg+xml")
    of_version = client.get("/emblem.svg", {"v": emblem_version()})
    assert ("immutable" in answer["Cache-Control"], "immutable" in of_version["Cache-Control"]) == (False, True)


def test_documents_say_what_the_settings_say(settings: Any) -> None:
    letterhead = render_to_string("documents/parts/letterhead.html", {"head": {"funding": ""}})
    assert '<div class="programme-line">An initiative of the European Union</div>' in letterhead
    assert rendering._css() == rendering._stylesheet().read_text()
    settings.SCHEME_NAME, settings.FUNDING_LINE = 'The "Next"', "Funded by them."
    letterhead = render_to_string("documents/parts/letterhead.html", {"head": {"funding": ""}})
    assert '<div class="programme-line">Funded by them.</div>' in letterhead
    assert 'content: "The \\"Next\\" · " string(document-title)' in rendering._css()


def test_an_unset_text_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CXC_SCHEME_NAME", raising=False)
    assert text("CXC_SCHEME_NAME", "ClusterXchange") == "ClusterXchange"
    monkeypatch.setenv("CXC_SCHEME_NAME", " Two \n words ")
    assert text("CXC_SCHEME_NAME", "ClusterXchange") == "Two words"


@pytest.mark.parametrize(
    "content",
    [
        b"no picture",
        SVG.replace(b"<circle", b"<script>alert(1)</script><circle"),
        SVG.replace(b"<circle", b"<circle onload='x()'"),
        SVG.replace(b"<circle", b'<image href="https://elsewhere.example/a.png"/><circle'),
        SVG + b" " * 20_000,
    ],
)
def test_an_emblem_that_cannot_be_shown_as_it_is_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "emblem.svg"
    path.write_bytes(SVG)
    monkeypatch.setenv("CXC_EMBLEM", str(path))
    assert emblem("CXC_EMBLEM") == SVG
    path.write_bytes(content)
    with pytest.raises(RuntimeError, match="CXC_EMBLEM must be an SVG"):
        emblem("CXC_EMBLEM")


def test_an_emblem_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CXC_EMBLEM", str(tmp_path / "none.svg"))
    with pytest.raises(RuntimeError, match="cannot be read"):
        emblem("CXC_EMBLEM")
    monkeypatch.delenv("CXC_EMBLEM")
    assert emblem("CXC_EMBLEM") == b""
