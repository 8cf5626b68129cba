"""What the public pages ask for: two countries; a file, or a code."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.rules.document_codes import code_as_printed
from profiles.models import Country


class ExampleForm(forms.Form):
    """The visitor's country (`from`) and the host's (`to`), of those that participate."""

    def __init__(self, data: Any, *, countries: list[Country], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._by_code = {country.pk: country for country in countries}
        choices = [(country.pk, str(country)) for country in countries]
        # Not as attributes of the class: `from` is a word of Python's.
        self.fields["from"] = forms.ChoiceField(label=_("We are in"), choices=choices, required=False)
        self.fields["to"] = forms.ChoiceField(label=_("We would visit"), choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("from") and found.get("from") == found.get("to"):
            self.add_error("to", _("Choose another country than your own: every exchange crosses a border."))
        return found

    def pair(self) -> tuple[Country, Country] | None:
        """The visitor's country and the host's; None where they can't be read or are the same."""
        if not self.is_valid():
            return None
        return self._by_code[self.cleaned_data["from"]], self._by_code[self.cleaned_data["to"]]


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
