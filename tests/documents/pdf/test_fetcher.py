"""A document loads the project's own fonts and images, and nothing else in the world."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from cxc.documents.pdf.process import DocumentError, maker
from cxc.documents.pdf.rendering import _pdf

pytestmark = pytest.mark.pdf


def fetched(url: str) -> tuple[bytes, str]:
    from cxc.documents.pdf.fetcher import OwnFilesOnly

    response = OwnFilesOnly(settings.BASE_DIR / "static").fetch(url)
    return response.read(), response.content_type


@pytest.mark.parametrize(
    ("name", "kind"), [("fonts/NotoSans-Regular.ttf", "font/ttf"), ("images/programme-mark.svg", "image/svg+xml")]
)
def test_the_projects_own_files_are_served(name: str, kind: str) -> None:
    assert fetched(f"project:{name}") == ((settings.BASE_DIR / "static" / name).read_bytes(), kind)


FOREIGN = [
    "https://example.org/logo.svg",
    "http://127.0.0.1/secret.svg",
    "file:///etc/passwd",
    "ftp://example.org/a.ttf",
    "data:image/svg+xml,<svg/>",
    "project:fonts/OFL.txt",
    "project:fonts/missing.ttf",
    "project:fonts/../images/draft.svg",
    "project:../manage.py",
    "project:/etc/passwd",
    "project:images/",
    "project:",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_everything_else_is_refused(url: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match="may not load"):
        fetched(url)


@pytest.mark.parametrize("url", ["https://example.org/logo.svg", "file:///etc/passwd", "logo.svg", "data:text/css,*{}"])
def test_a_document_that_asks_for_it_is_not_made(url: str) -> None:
    with pytest.raises(DocumentError, match="may not load"):
        _pdf(f'<html lang="en"><title>t</title><img src="{url}" alt="x">')


def test_a_missing_font_is_noticed(tmp_path: Path) -> None:
    styles = settings.BASE_DIR / "templates" / "documents" / "document.css"
    (tmp_path / "templates" / "documents").mkdir(parents=True)
    (tmp_path / "templates" / "documents" / "document.css").write_text(styles.read_text())
    maker().end()  # another begins, in the other folder
    with override_settings(BASE_DIR=tmp_path), pytest.raises(DocumentError, match=r"NotoSans-\w+\.ttf"):
        _pdf('<html lang="en"><title>t</title><p>text')
    maker().end()
