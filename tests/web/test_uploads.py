"""Uploads: known by their content, small enough, refused with a sentence."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from cxc.core.models import StoredFile
from cxc.demo.scenarios.sample_files import one_line_pdf
from cxc.web import uploads
from tests.files import JPEG, PDF, PNG

NO_PAGES = one_line_pdf("").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0")


class OneFile(forms.Form):
    file = uploads.FileField()


def form_with(name: str, content: bytes, claimed: str = "application/octet-stream") -> OneFile:
    return OneFile(files={"file": SimpleUploadedFile(name, content, claimed)})


@pytest.mark.parametrize(
    ("content", "found"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
    ids=["pdf", "png", "jpeg"],
)
def test_the_type_comes_from_the_content(content: bytes, found: str) -> None:
    form = form_with("whatever.bin", content)
    assert form.is_valid(), form.errors
    upload = form.cleaned_data["file"]
    assert upload.content_type == found
    assert uploads.content_type_of(upload.read()) == found


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00 a program", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html></html>", b"words", b"PK\x03\x04"],
)
def test_anything_else_is_refused_whatever_it_claims(content: bytes) -> None:
    form = form_with("file.pdf", content, "application/pdf")
    assert form.errors["file"] == ["“file.pdf” is neither a PDF nor a JPEG or PNG picture."]


@override_settings(UPLOAD_MAX_BYTES=1024)
def test_too_large_is_said_with_the_limit() -> None:
    with pytest.raises(ValidationError) as refusal:
        uploads.check(SimpleUploadedFile("scan.pdf", PDF + b"0" * 2048))
    assert refusal.value.messages[0].startswith("“scan.pdf” has 2.")
    assert "at most 1.0" in refusal.value.messages[0]


def test_an_empty_file_is_refused() -> None:
    assert form_with("empty.pdf", b"").errors["file"] == ["The submitted file is empty."]


@pytest.mark.parametrize(
    "content",
    [PNG[:-20], PNG[:40], JPEG[:-30], JPEG[:25], PDF[:200], b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF\n", NO_PAGES],
    ids=["png", "short png", "jpeg", "short jpeg", "pdf", "empty pdf", "pdf without pages"],
)
def test_half_a_picture_and_a_pdf_without_pages_are_refused(content: bytes) -> None:
    (told,) = form_with("scan.pdf", content).errors["file"]
    assert told.startswith("“scan.pdf” ")
    assert told.endswith("then choose the new file.")


@pytest.mark.parametrize("before", [b"\r\n", b"\xef\xbb\xbf", b"%!PS-Adobe-3.0 PDF\n", b"X-Scanner: 7\n" * 50])
def test_a_pdf_with_something_before_its_first_line_is_taken_as_it_is(before: bytes) -> None:
    form = form_with("scan.pdf", before + PDF)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].read() == before + PDF


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "stored"),
    [
        ("cv.hta", PDF, "cv.pdf"),
        ("setup.EXE", PNG, "setup.png"),
        ("photo.jpeg", JPEG, "photo.jpeg"),
        ("Photo.JPG", JPEG, "Photo.jpg"),
        ("photo.jpg", PNG, "photo.png"),
        ("letter.pdf.exe", PDF, "letter.pdf"),
        ("minutes 3.11.2026", PDF, "minutes 3.11.2026.pdf"),
        ("scan", JPEG, "scan.jpg"),
        ("cv\u202efdp.exe", PDF, "cvfdp.pdf"),
        (".pdf", PDF, "file.pdf"),
        ("n" * 300 + ".hta", PDF, "n" * 251 + ".pdf"),
    ],
)
def test_a_name_ends_as_what_the_file_is(name: str, content: bytes, stored: str) -> None:
    form = form_with(name, content)
    assert form.is_valid(), form.errors
    kept = StoredFile.store_upload(form.cleaned_data["file"])
    assert (kept.name, str(kept.file.name).rpartition(".")[2]) == (stored, stored.rpartition(".")[2])


@pytest.mark.django_db
def test_what_was_stored_under_another_end_is_sent_with_the_right_one() -> None:
    kept = StoredFile.store(PDF, name="cv.pdf", content_type="application/pdf")
    StoredFile.objects.filter(pk=kept.pk).update(name="cv.hta")
    kept.refresh_from_db()
    sent = uploads.send_file(kept)
    sent.close()
    assert sent["Content-Disposition"] == 'attachment; filename="cv.pdf"'


def test_a_very_long_name_is_no_reason_to_refuse() -> None:
    assert form_with("n" * 300 + ".pdf", PDF).is_valid()
