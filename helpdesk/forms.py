"""What a question, and a message on one, is made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.email_addresses import AddressFormField
from cxc.core.sanitise import LONG
from cxc.core.text_fields import FreeTextFormField, OneLineFormField
from cxc.web.uploads import FileField


def _text(label: Any) -> FreeTextFormField:
    return FreeTextFormField(label=label, max_length=LONG, printed=False, rows=7)


class HelpForm(forms.Form):
    """A question by somebody signed in. `about` and `came_from` come with the link of the page."""

    subject = OneLineFormField(label=_("What is it about?"), max_length=150, printed=False)
    text = _text(_("Your question"))
    file = FileField(label=_("A file, if it helps"), required=False)
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    came_from = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class VisitorHelpForm(forms.Form):
    """A question by somebody not signed in. `website` is a honeypot: people don't see it, machines fill it in."""

    name = OneLineFormField(
        label=_("Your name"), max_length=120, printed=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = AddressFormField(
        label=_("Your e-mail address"),
        help_text=_("You confirm it by a link that we send there. The answer comes to it too."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = OneLineFormField(label=_("What is it about?"), max_length=150, printed=False)
    text = _text(_("Your question"))
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    came_from = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    @property
    def is_filled_by_machine(self) -> bool:
        return bool(self.cleaned_data["website"])


class MessageForm(forms.Form):
    """More on a question, or its answer."""

    text = _text(_("Your message"))
    file = FileField(label=_("A file, if it helps"), required=False)


class VisitorMessageForm(forms.Form):
    """More on a visitor's question."""

    text = _text(_("Your message"))
