"""A person's own data, at sign-up and later."""

from typing import ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cxc.core.languages import Language, offered
from cxc.core.text_fields import OneLineFormField
from cxc.web.fields import PhoneInput
from profiles.models import User

# What a browser knows of its person (WCAG 1.3.5).
NAME, FUNCTION = {"autocomplete": "name"}, {"autocomplete": "organization-title"}


class SignupForm(forms.Form):
    """What sign-up asks besides address and password."""

    full_name = OneLineFormField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs=NAME))
    job_title = OneLineFormField(
        label=_("Your function"), max_length=120, required=False, widget=forms.TextInput(attrs=FUNCTION)
    )

    field_order = ("full_name", "job_title", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person is made."""
        user.full_name = self.cleaned_data["full_name"]
        user.job_title = self.cleaned_data["job_title"]
        user.save(update_fields=["full_name", "job_title"])


def _label(language: Language) -> str:
    """The language in its own words, and in those of the page whether texts are missing."""
    return f"{language.name} ({gettext('partly translated')})" if language.is_partly_translated else language.name


class PersonForm(forms.ModelForm):
    """Name, function, telephone and language; the address is changed where sign-in keeps it."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [("", _("As my browser says")), *((one.code, _label(one)) for one in offered())],
        required=False,
        help_text=_("Of the screens and of your mails. Documents that are signed are in English."),
    )

    class Meta:
        model = User
        fields = ("full_name", "job_title", "phone", "language")
        widgets: ClassVar = {
            "full_name": forms.TextInput(attrs=NAME),
            "job_title": forms.TextInput(attrs=FUNCTION),
            "phone": PhoneInput,
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["full_name"].required = True
