"""The form of a message: to whom, subject, text."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Actor, Side
from cxc.core.sanitise import LONG, whole_number
from cxc.core.text_fields import FreeTextFormField, OneLineFormField
from cxc.messaging.placeholders import in_braces, unknown_placeholders
from cxc.messaging.subjects import MessageSubject, sides_for, sides_on

_PERSON = "person-"


def person_choice(pk: int) -> str:
    """How a choice names one person."""
    return f"{_PERSON}{pk}"


def chosen_people(chosen: Collection[str]) -> set[int]:
    """The ids of the people among what was chosen."""
    numbers = (whole_number(one.removeprefix(_PERSON)) for one in chosen if one.startswith(_PERSON))
    return {number for number in numbers if number is not None}


class _ReaderField(forms.MultipleChoiceField):
    """Sides and people. It accepts every side of the kind, also where this record has nobody on it."""

    accepted: Collection[str] = ()

    def valid_value(self, value: str) -> bool:
        return value in self.accepted or super().valid_value(value)


class MessageForm(forms.Form):
    """To which sides, subject, text. An unknown placeholder is refused with the list of those that exist."""

    to = _ReaderField(
        label=gettext_lazy("To"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one reader.")},
    )
    subject = OneLineFormField(label=gettext_lazy("Subject"), max_length=150, printed=False)
    text = FreeTextFormField(label=gettext_lazy("Message"), max_length=LONG, rows=10, printed=False)

    def __init__(self, *args: Any, message_subject: MessageSubject, thing: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.message_subject = message_subject
        to: Any = self.fields["to"]
        to.choices = _choices(message_subject, thing, actor)
        to.accepted = [str(side) for side in sides_for(message_subject, actor)]
        to.help_text = _("Everybody in these organisations and Partnerships can read the message in the portal.")
        if len(to.choices) == 1 and not self.is_bound:
            self.initial = {"to": [to.choices[0][0]], **self.initial}
        self.fields["text"].help_text = _placeholder_help(message_subject)

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_text(self) -> str:
        return self._checked("text")

    def _checked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        known = self.message_subject.placeholders
        if unknown := unknown_placeholders(text, known):
            sentence = _("There is no %(unknown)s. Use only these names in braces: %(known)s.")
            raise ValidationError(sentence % {"unknown": in_braces(unknown), "known": in_braces(known)})
        return text


def _choices(subject: MessageSubject, thing: Any, actor: Actor) -> list[tuple[str, Any]]:
    if thing is None:
        return [(str(side), Side(side).label) for side in sides_for(subject, actor)]
    sides = [(str(side), Side(side).label) for side in sides_on(subject, thing, actor)]
    people = [one.person for one in subject.members(thing) if one.person != actor.user] if sides else []
    only = gettext_lazy("only {name}")
    return [*sides, *((person_choice(one.pk), format_lazy(only, name=one)) for one in people)]


def _placeholder_help(subject: MessageSubject) -> str:
    rows = ((in_braces([name]), one.label) for name, one in subject.placeholders.items())
    lead = _("These names in braces are replaced by the values of each record:")
    return format_html("{} {}", lead, format_html_join("; ", "<code>{}</code> {}", rows)) + "."
