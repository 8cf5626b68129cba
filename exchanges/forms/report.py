"""Forms of the Final Activity Report."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.web.fields import let_texts_grow
from cxc.web.uploads import FileField
from exchanges.forms import help_texts
from exchanges.forms.fields import add_help_texts, reason_field
from exchanges.models import FinalActivityReport


class ReportForm(forms.ModelForm):
    """The Final Activity Report. Saved by the service, not by the form."""

    class Meta:
        model = FinalActivityReport
        fields = list(FinalActivityReport.TEXTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_texts_grow(self)
        add_help_texts(self, help_texts.REPORT, FinalActivityReport.COMPULSORY, before=help_texts.BEFORE_SUBMITTING)
        for name, comment in self.instance.returned_comments.items():
            text = _("Comment when it was returned: %(comment)s") % {"comment": comment}
            self.fields[name].help_text = format_html("{}<br><strong>{}</strong>", self.fields[name].help_text, text)


class SubmitForForm(forms.Form):
    """A report submitted for the visitor: why, and the document or mail that it comes from."""

    file = FileField(label=gettext_lazy("The document or mail that the report comes from"))
    reason = reason_field()
