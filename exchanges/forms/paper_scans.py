"""Forms of scans of several signed documents: the upload, and which pages are which document signed by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.documents.pages import PDF
from cxc.web.uploads import FileField
from exchanges.enums import Party
from exchanges.forms.fields import day_field
from exchanges.models import PaperScan
from exchanges.rules.scanned_pages import page_numbers, pages_given_twice
from exchanges.services.documents_to_sign import BodyToSign, DocumentToSign
from exchanges.services.paper_scans import PagesOf, SignedBy
from profiles.models import User
from profiles.queries.signatories import people_who_may_sign


class PdfField(FileField):
    """One PDF."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=gettext_lazy("One PDF, at most 10 MB."), **kwargs)
        self.widget.attrs["accept"] = ".pdf"

    def clean(self, data: Any, initial: Any = None) -> Any:
        """ValidationError for a picture too: it has no pages that could be told apart."""
        upload = super().clean(data, initial)
        if upload and upload.content_type != PDF:
            raise ValidationError(_("“%(name)s” is a picture. Scan all pages into one PDF.") % {"name": upload.name})
        return upload


class PaperScanForm(forms.Form):
    """A scan, and whose signatures are on it."""

    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Whose signatures are on this scan?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[],
        error_messages={"required": gettext_lazy("Choose everybody who signed on this scan.")},
    )
    scan = PdfField(label=gettext_lazy("Scan of all signed pages"))

    def __init__(self, *args: Any, parties: Sequence[Party], own: Collection[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parties"]
        field.choices = [(party.value, party.label) for party in parties]  # type: ignore[attr-defined]
        field.initial = list(parties) if len(parties) == 1 else [party for party in parties if party in own]


@dataclass(frozen=True)
class SignerRow:
    """The fields of one body: who signed for it, and on which day."""

    body: BodyToSign
    signer: forms.BoundField
    day: forms.BoundField


@dataclass(frozen=True)
class DocumentRow:
    """The fields of one document: its pages, and who signed it."""

    document: DocumentToSign
    is_read: bool
    pages: forms.BoundField
    bodies: forms.BoundField


class ScannedPagesForm(forms.Form):
    """For each document its pages and who signed it there; for each body who signed, and when."""

    def __init__(self, *args: Any, scan: PaperScan, documents: Sequence[DocumentToSign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scan, self.documents = scan, documents
        self.bodies = {body.key: body for document in documents for body in document.bodies}
        self.fields["signed_on"] = day_field(gettext_lazy("Signed on"), initial=clock.today(scan.visit.time_zone))
        for body in self.bodies.values():
            self._add_body(body)
        for document in documents:
            self._add_document(document)

    def _add_body(self, body: BodyToSign) -> None:
        people = people_who_may_sign(body.body)
        self.fields[f"signer-{body.key}"] = forms.ChoiceField(
            label=_("Who signed for %(body)s") % {"body": body.body},
            required=False,
            choices=[("", _("Choose")), *((str(user.pk), str(user)) for user in people)],
            initial=str(people[0].pk) if len(people) == 1 else "",
        )
        label = _("Signed for %(body)s on another day") % {"body": body.body}
        self.fields[f"day-{body.key}"] = day_field(label, required=False)

    def _add_document(self, document: DocumentToSign) -> None:
        suggested = self.scan.suggestions.get(document.key, {})
        self.fields[f"pages-{document.key}"] = forms.CharField(
            label=_("Pages of %(document)s") % {"document": document.version},
            required=False,
            max_length=200,
            initial=suggested.get("pages", ""),
        )
        self.fields[f"bodies-{document.key}"] = forms.MultipleChoiceField(
            label=_("Who signed %(document)s") % {"document": document.version},
            widget=forms.CheckboxSelectMultiple,
            required=False,
            choices=[(body.key, body.label) for body in document.bodies],
            initial=[body.key for body in document.bodies],
        )

    @property
    def signer_rows(self) -> list[SignerRow]:
        return [SignerRow(body, self[f"signer-{key}"], self[f"day-{key}"]) for key, body in self.bodies.items()]

    @property
    def document_rows(self) -> list[DocumentRow]:
        read = {key for key, suggested in self.scan.suggestions.items() if suggested["is_read"]}
        return [
            DocumentRow(one, one.key in read, self[f"pages-{one.key}"], self[f"bodies-{one.key}"])
            for one in self.documents
        ]

    def clean(self) -> dict[str, Any]:
        """No page belongs to two documents; each document that is there is signed by somebody."""
        values = super().clean() or self.cleaned_data
        self.pages = {one.key: self._pages(one, values.get(f"pages-{one.key}", "")) for one in self.documents}
        self._refuse_pages_given_twice()
        if not self.errors and not any(self.pages.values()):
            self.add_error(None, _("Enter for at least one document on which pages it is."))
        self._require_signers(values)
        return values

    def _pages(self, document: DocumentToSign, text: str) -> list[int]:
        try:
            return page_numbers(text, self.scan.page_count)
        except ValueError:
            sentence = _("Write the pages as numbers from 1 to %(last)s, for example 1-4, 6.")
            self.add_error(f"pages-{document.key}", sentence % {"last": self.scan.page_count})
            return []

    def _refuse_pages_given_twice(self) -> None:
        versions = {one.key: one.version for one in self.documents}
        for number, (first, *others) in pages_given_twice(self.pages).items():
            sentence = _("Page %(number)s is already given to %(document)s.")
            for key in others:
                self.add_error(f"pages-{key}", sentence % {"number": number, "document": versions[first]})

    def _require_signers(self, values: dict[str, Any]) -> None:
        wanted: set[str] = set()
        for document in self.documents:
            chosen = values.get(f"bodies-{document.key}", [])
            if self.pages[document.key] and not chosen:
                self.add_error(f"bodies-{document.key}", _("Choose who signed it, or leave its pages empty."))
            wanted |= set(chosen) if self.pages[document.key] else set()
        for key in sorted(wanted):
            if not values.get(f"signer-{key}"):
                sentence = _("Choose who signed for %(body)s.") % {"body": self.bodies[key].body}
                self.add_error(f"signer-{key}", sentence)

    def pages_of(self) -> list[PagesOf]:
        """The documents that are in the scan, with those that signed them."""
        chosen = {one.key: set(self.cleaned_data[f"bodies-{one.key}"]) for one in self.documents}
        return [
            PagesOf(one, self.pages[one.key], [body for body in one.bodies if body.key in chosen[one.key]])
            for one in self.documents
            if self.pages[one.key]
        ]

    def signed_by(self) -> dict[str, SignedBy]:
        """By the key of a body: who signed for it, on which day."""
        chosen = {key: pk for key in self.bodies if (pk := self.cleaned_data[f"signer-{key}"])}
        people = User.objects.in_bulk([int(pk) for pk in chosen.values()])
        common = self.cleaned_data["signed_on"]
        return {key: SignedBy(people[int(pk)], self.cleaned_data[f"day-{key}"] or common) for key, pk in chosen.items()}
