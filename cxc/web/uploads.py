"""Files that people hand in: checked by size, by content and for viruses, and sent back as they are stored.

What is taken: PDF, JPEG and PNG, of at most `settings.UPLOAD_MAX_BYTES`, that can be opened and do nothing by
themselves. What a file is, its content says, not its name or what the browser claims; its name gets the end that fits.
Rule: docs/forms.md, Uploads.
"""

from io import BytesIO
from typing import Any

import puremagic
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.files.types import TYPES, fitting_name
from cxc.core.models import StoredFile
from cxc.documents.pages import PDF, HarmfulError, inspected
from cxc.documents.pages.upload_child import MOST_PAGES, PDF_BEGINS_WITHIN
from cxc.web import virus_scanner
from cxc.web.middleware.headers import PRIVATE

ACCEPT = ",".join(end for ends in TYPES.values() for end in ends)
# A file is known by its first bytes.
_HEAD = 2048
# Why a file is refused (`cxc.documents.pages.upload_child`), and what to do then.
_PROBLEMS = {
    "unreadable": gettext_lazy(
        "“%(name)s” can't be opened, or has no pages. Save or scan it again, then choose the new file."
    ),
    "part of a picture": gettext_lazy(
        "“%(name)s” is only a part of a picture. Copy or take it again, then choose the new file."
    ),
    "password": gettext_lazy("“%(name)s” asks for a password. Save it without one, then choose the new file."),
    "pages": gettext_lazy("“%(name)s” has more than %(most)s pages. Split it, then choose the first part."),
    "scripts": gettext_lazy(
        "“%(name)s” contains scripts or form actions. Print it into a new PDF, then choose the new file."
    ),
    "attachments": gettext_lazy(
        "“%(name)s” contains other files. Print it into a new PDF, then choose the new file; upload the other files "
        "separately."
    ),
    "two kinds": gettext_lazy(
        "“%(name)s” is another kind of file as well. Print it into a new PDF, then choose the new file."
    ),
    "pixels": gettext_lazy(
        "“%(name)s” has too many pixels. Save it smaller, or scan with fewer dots per inch, then choose the new file."
    ),
    "bomb": gettext_lazy(
        "“%(name)s” holds far more than its size says. Print or scan it into a new PDF, then choose the new file."
    ),
    "slow": gettext_lazy(
        "“%(name)s” takes too long to check. Scan it with fewer dots per inch, or split it, then choose the new file."
    ),
    "virus": gettext_lazy(
        "The virus scanner reported “%(name)s”, so it was not stored. Choose another file, or ask the Support Office."
    ),
    "no scanner": gettext_lazy(
        "“%(name)s” could not be checked for viruses just now, and was not stored. Try again in some minutes."
    ),
}


class FileField(forms.FileField):
    """A form's field for one file. Its cleaned upload carries the content type that was found.

    Store it with `StoredFile.store_upload(upload, by=user)`.

    as_signed  the bytes are stored as they came, because somebody signed them; else pictures are drawn anew
    """

    widget = forms.FileInput

    def __init__(self, *, as_signed: bool = False, **kwargs: Any) -> None:
        self.as_signed = as_signed
        kwargs.setdefault("help_text", gettext_lazy("PDF, JPEG or PNG, at most 10 MB."))
        super().__init__(**kwargs)
        self.widget.attrs.update(input_attrs())
        # Longer names are cut when stored, so they are no reason to refuse.
        self.max_length = None

    def clean(self, data: Any, initial: Any = None) -> Any:
        """ValidationError with a sentence when the file can't be taken."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            check(upload, as_signed=self.as_signed)
        return upload


def input_attrs() -> dict[str, Any]:
    """What the browser has to know to check a file before it is sent (`static/js/forms.js`)."""
    return {"accept": ACCEPT, "data-most-bytes": settings.UPLOAD_MAX_BYTES}


def check(upload: UploadedFile, *, as_signed: bool = False) -> str:
    """The content type of an upload, by its content. ValidationError with a sentence when it can't be taken.

    Afterwards the upload holds what is stored: of a picture its pixels alone, unless it stays `as_signed`.
    """
    _refuse_large(upload)
    upload.seek(0)
    content = upload.read()
    found = content_type_of(content[:_HEAD])
    if found is None:
        raise ValidationError(
            _("“%(name)s” is neither a PDF nor a JPEG or PNG picture.") % {"name": upload.name}, code="other type"
        )
    try:
        checked = inspected(content, content_type=found, rebuild=not as_signed)
        virus_scanner.refuse_viruses(content)
    except HarmfulError as error:
        raise _refusal(error.problem, upload, found) from error
    upload.file, upload.size = BytesIO(checked), len(checked)
    upload.content_type, upload.name = found, fitting_name(upload.name or "", found)
    return found


def _refuse_large(upload: UploadedFile) -> None:
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(limit)s can be taken. Save it smaller, or split it.")
            % {
                "name": upload.name,
                "size": filesizeformat(upload.size or 0),
                "limit": filesizeformat(settings.UPLOAD_MAX_BYTES),
            },
            code="too large",
        )


def _refusal(problem: str, upload: UploadedFile, content_type: str) -> ValidationError:
    if problem == "unreadable" and content_type != PDF:
        problem = "part of a picture"
    return ValidationError(_PROBLEMS[problem] % {"name": upload.name, "most": MOST_PAGES}, code=problem)


def content_type_of(head: bytes) -> str | None:
    """Which of the types that are taken begins like this; None for any other."""
    if b"%PDF-" in head[:PDF_BEGINS_WITHIN]:  # scanners and mail programs put lines of their own before it
        return "application/pdf"
    try:
        named = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return None
    return next((known for known in TYPES if known in named), None)


def send_file(stored: StoredFile) -> FileResponse:
    """The stored file for download, under the name it came with, its end as fits. Ask the record's rule before."""
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=fitting_name(stored.name, stored.content_type),
        content_type=stored.content_type,
    )
    response["Cache-Control"] = PRIVATE
    return response
