"""What the proof page asks for: a file, or a code."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.rules.document_codes import code_as_printed


class FileForm(forms.Form):
    """A file of any kind: it is compared and, where it is a PDF, read for a code. It is never stored."""

    file = forms.FileField(label=gettext_lazy("The file"), max_length=None)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise ValidationError(_("Choose a file of at most %(limit)s.") % {"limit": limit}, code="too large")
        return upload


class CodeForm(forms.Form):
    """The code at the foot of each page, however it is typed; cleaned, it is as printed."""

    code = forms.CharField(
        label=gettext_lazy("The code"),
        help_text=gettext_lazy("Sixteen letters and digits at the foot of each page, such as 7KQM-X2RD-W4TN-H8BC."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = code_as_printed(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("Type the sixteen letters and digits. A code has no 0, 1, I or O."), code="no code")
        return code
