"""The sentence that somebody ticks who signs on the screen, and the colleague who signs instead."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.web.uploads import FileField
from exchanges.enums import Party
from exchanges.forms.documents import signer_choices
from exchanges.models import DocumentVersion
from profiles.models import User


class ColleagueForm(forms.Form):
    """The colleague who is asked to sign instead."""

    colleague = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Colleague"))

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["colleague"]
        chosen.queryset = User.objects.filter(pk__in=[person.pk for person in colleagues])


class SignedFileForm(forms.Form):
    """A file that was signed elsewhere, and who signed it."""

    signer = forms.ChoiceField(label=gettext_lazy("Who signed"))
    file = FileField(
        label=gettext_lazy("The signed PDF"), help_text=gettext_lazy("PDF, at most 10 MB."), as_signed=True
    )

    def __init__(self, *args: Any, version: DocumentVersion, parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signer: Any = self.fields["signer"]
        signer.choices = [("", _("Choose")), *signer_choices(version.exchange, parties)]

    @property
    def party(self) -> Party:
        """The party that the chosen person signed for."""
        return Party(self.cleaned_data["signer"].partition(":")[0])

    @property
    def person(self) -> User:
        """Who signed."""
        return User.objects.get(pk=int(self.cleaned_data["signer"].partition(":")[2]))


class SignOnScreenForm(forms.Form):
    """One sentence to tick."""

    read = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick this sentence when you have read the document.")}
    )

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].label = _("I have read this document, and I sign it for %(body)s.") % {"body": body}


class SignVisitForm(forms.Form):
    """Which documents of a visit somebody has read, and the sentence by which they sign them."""

    read = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("I have read")
    )
    read_all = forms.BooleanField(required=False, label=gettext_lazy("I have read all of these documents."))
    sign = forms.BooleanField(error_messages={"required": gettext_lazy("Tick this sentence to sign.")})

    def __init__(self, *args: Any, body: str, versions: Sequence[DocumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version in versions}
        read: Any = self.fields["read"]
        read.choices = [(key, str(version)) for key, version in self.versions.items()]
        self.fields["sign"].label = _("I sign the documents that I have read, for %(body)s.") % {"body": body}

    def clean(self) -> dict[str, Any]:
        """At least one was read."""
        values = super().clean() or self.cleaned_data
        if not values.get("read") and not values.get("read_all"):
            self.add_error("read", _("Tick each document that you have read."))
        return values

    def chosen(self) -> list[DocumentVersion]:
        """Those that were read."""
        if self.cleaned_data["read_all"]:
            return list(self.versions.values())
        return [self.versions[key] for key in self.cleaned_data["read"]]
