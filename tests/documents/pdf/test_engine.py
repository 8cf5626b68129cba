"""Without Pango the portal says what to install and goes on."""

from collections.abc import Iterator

import pytest

from cxc.documents import pdf
from cxc.documents.pdf.engine import _is_able
from cxc.documents.pdf.process import maker


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A process that ends at once, as it does where Pango is missing.
    monkeypatch.setattr("cxc.documents.pdf.process.MODULE", "cxc.documents.pdf.nothing_here")
    maker().end()
    _is_able.cache_clear()
    yield
    _is_able.cache_clear()


@pytest.mark.usefixtures("no_pango")
def test_without_pango_documents_are_off() -> None:
    assert pdf.available() is False


@pytest.mark.usefixtures("no_pango")
def test_rendering_without_pango_names_the_command() -> None:
    command = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    with pytest.raises(pdf.PdfUnavailableError, match=command):
        pdf.render("documents/ctq.html", {})


@pytest.mark.pdf
def test_with_pango_documents_are_on() -> None:
    _is_able.cache_clear()
    assert pdf.available() is True
