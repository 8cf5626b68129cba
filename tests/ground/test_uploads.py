"""Uploads: known by their content, small enough, refused with a sentence."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from cxc.ground import uploads
from tests.files import JPEG, PDF, PNG


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
    assert (upload.content_type, upload.read()) == (found, content)


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


def test_a_very_long_name_is_no_reason_to_refuse() -> None:
    assert form_with("n" * 300 + ".pdf", PDF).is_valid()
