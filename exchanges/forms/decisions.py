"""What somebody decides on a piece of evidence, or on a report."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.sanitise import LONG
from exchanges.forms.fields import text_field
from exchanges.models import FinalActivityReport

ACCEPT, RETURN = "accept", "return"


class DecisionForm(forms.Form):
    """Accept or return, by the button; returning wants comments."""

    decision = forms.ChoiceField(
        choices=[(word, word) for word in (ACCEPT, RETURN)],
        error_messages={
            "required": gettext_lazy("Choose what to do."),
            "invalid_choice": gettext_lazy("Choose what to do."),
        },
    )
    comments = text_field(gettext_lazy("Comments"), rows=4, max_length=LONG, printed=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("decision") == RETURN and not self.reason.strip():
            self.add_error("comments", _("Please say what is to be changed."))
        elif len(self.reason) > LONG:
            self.add_error("comments", _("All comments together may have %(most)s characters.") % {"most": LONG})
        return values

    @property
    def arguments(self) -> dict[str, Any]:
        """What the return is given besides the reason."""
        return {}

    @property
    def returns(self) -> bool:
        return bool(self.cleaned_data["decision"] == RETURN)

    @property
    def reason(self) -> str:
        """The comments as the visitor reads them."""
        return str(self.cleaned_data.get("comments", "")).strip()


class ReportDecisionForm(DecisionForm):
    """The same for a report: a comment on each answer, and the version that was read."""

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, report: FinalActivityReport, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.reader = report, reader
        for name in report.TEXTS:
            label = _("Comment on: %(answer)s") % {"answer": report.label_of(name)}
            self.fields[f"comment-{name}"] = text_field(label, rows=2, printed=False)

    def clean_version_read(self) -> int:
        """What this person has read is what is decided on."""
        version: int = self.cleaned_data["version_read"] or 0
        was_read = self.report.openings.filter(user=self.reader, report_version=version).exists()
        if version != self.report.row_version or not was_read:
            raise forms.ValidationError(_("The report was changed since you opened it. Read it again, then decide."))
        return version

    @property
    def arguments(self) -> dict[str, Any]:
        """The comments on single answers, by their names."""
        comments = {name: str(self.cleaned_data.get(f"comment-{name}", "")).strip() for name in self.report.TEXTS}
        return {"comments": {name: text for name, text in comments.items() if text}}

    @property
    def reason(self) -> str:
        """Each comment under the name of its answer, then the general ones."""
        comments = self.arguments["comments"]
        lines = [f"{capfirst(self.report.label_of(name))}: {text}" for name, text in comments.items()]
        return "\n".join([*lines, *filter(None, [super().reason])])
