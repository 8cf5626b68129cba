"""Files that people hand in: checked by size and by content, and sent back as they are.

What is taken: PDF, JPEG and PNG, of at most `settings.UPLOAD_MAX_BYTES`, that can be opened. What a
file is, its content says, not its name or what the browser claims; its name gets the end that fits.
"""

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

from cxc.core.files.integrity import is_whole
from cxc.core.files.types import TYPES, fitting_name
from cxc.core.models import StoredFile
from cxc.web.middleware.headers import PRIVATE

ACCEPT = ",".join(end for ends in TYPES.values() for end in ends)
# A file is known by its first bytes.
_HEAD = 2048
# As PDF readers look for the first line of a PDF (ISO 32000, implementation notes).
_PDF_BEGINS_WITHIN = 1024


class FileField(forms.FileField):
    """A form's field for one file. Its cleaned upload carries the content type that was found.

    Store it with `StoredFile.store_upload(upload, by=user)`.
    """

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("PDF, JPEG or PNG, at most 10 MB."))
        super().__init__(**kwargs)
        self.widget.attrs.update(input_attrs())
        # Longer names are cut when stored, so they are no reason to refuse.
        self.max_length = None

    def clean(self, data: Any, initial: Any = None) -> Any:
        """ValidationError with a sentence when the file is too large or of another type."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            check(upload)
        return upload


def input_attrs() -> dict[str, Any]:
    """What the browser has to know to check a file before it is sent (`static/js/forms.js`)."""
    return {"accept": ACCEPT, "data-most-bytes": settings.UPLOAD_MAX_BYTES}


def check(upload: UploadedFile) -> str:
    """The content type of an upload, by its content. ValidationError with a sentence when it can't be taken."""
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
    upload.seek(0)
    found = content_type_of(upload.read(_HEAD))
    if found is None:
        raise ValidationError(
            _("“%(name)s” is neither a PDF nor a JPEG or PNG picture.") % {"name": upload.name}, code="other type"
        )
    if not is_whole(upload.file, found):  # type: ignore[arg-type]
        raise ValidationError(_unusable(found) % {"name": upload.name}, code="unusable")
    upload.content_type, upload.name = found, fitting_name(upload.name or "", found)
    return found


def _unusable(content_type: str) -> str:
    if content_type == "application/pdf":
        return _("“%(name)s” can't be opened, or has no pages. Save or scan it again, then choose the new file.")
    return _("“%(name)s” is only a part of a picture, or too large. Copy or take it again, then choose the new file.")


def content_type_of(head: bytes) -> str | None:
    """Which of the types that are taken begins like this; None for any other."""
    if b"%PDF-" in head[:_PDF_BEGINS_WITHIN]:  # scanners and mail programs put lines of their own before it
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
