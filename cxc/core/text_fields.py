"""The one family of form fields for free text: one line, or several. docs/forms.md says which to take.

Both clean what is typed (`cxc.core.sanitise`), count a line break as one character, and name what the documents
can't print. `printed=False` is for texts that no document shows.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from cxc.core.printable import sentence, unprintable
from cxc.core.sanitise import PARAGRAPH, SHORT, in_lines, one_line

# The label of the field for a reason, by whether one is required.
REASON_LABELS = {True: _("Reason (required)"), False: _("Comment (optional)")}
TOO_LONG = _("Shorten this to %(limit_value)d characters: it has %(show_value)d.")


def refuse_unprintable(text: str, *, lines: bool) -> None:
    """ValidationError that names the characters which the documents can't print."""
    if found := unprintable(text):
        raise ValidationError(sentence(found, in_lines=lines), code="unprintable")


def say_how_much_too_long(validators: list[Any]) -> None:
    """Give the limit of a text our sentence."""
    for each in validators:
        if isinstance(each, MaxLengthValidator):
            each.message = TOO_LONG


class OneLineFormField(forms.CharField):
    """A text on one line; at most `SHORT` characters unless it says less."""

    def __init__(self, *, printed: bool = True, **kwargs: Any) -> None:
        super().__init__(**{"max_length": SHORT} | kwargs)
        self.printed = printed
        say_how_much_too_long(self.validators)

    def to_python(self, value: Any) -> Any:
        """The text as it is stored."""
        text = super().to_python(value)
        return one_line(text) or self.empty_value if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.printed and value:
            refuse_unprintable(value, lines=False)


class FreeTextFormField(forms.CharField):
    """A text of several lines, with a counter; at most `PARAGRAPH` characters unless it says otherwise."""

    widget = forms.Textarea

    def __init__(self, *, printed: bool = True, rows: int | None = None, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**{"max_length": PARAGRAPH} | kwargs)
        self.printed = printed
        say_how_much_too_long(self.validators)

    def to_python(self, value: Any) -> Any:
        """The text as it is stored, each line break one character."""
        text = super().to_python(value)
        return in_lines(text) or self.empty_value if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.printed and value:
            refuse_unprintable(value, lines=True)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A counter instead of `maxlength`, which cuts what is pasted and counts in another way."""
        if not isinstance(widget, forms.Textarea):
            return super().widget_attrs(widget)
        wanted: dict[str, Any] = {"data-grows": "", "data-count": self.max_length}
        return wanted | ({"rows": self.rows} if self.rows else {})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another kind of line break is no change."""
        return super().has_changed(in_lines(initial or ""), in_lines(data or "") if isinstance(data, str) else data)


class WebAddressFormField(forms.URLField):
    """A web address without anything invisible in it."""

    def __init__(self, **kwargs: Any) -> None:
        own: dict[str, Any] = {"max_length": SHORT, "assume_scheme": "https"}
        super().__init__(**own | kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(one_line(value) if isinstance(value, str) else value)
