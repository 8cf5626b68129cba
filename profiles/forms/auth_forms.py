"""The forms of sign-in in the portal's words (django-allauth has the rest)."""

from typing import Any

from allauth.account import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cxc.core.email_addresses import AddressFormField

ADDRESS = _("E-mail address")


def _clean_before_checking(fields: dict[str, Any], name: str) -> None:
    """An address is cleaned before it is checked, as in every form of the portal."""
    of_allauth = fields[name]
    fields[name] = AddressFormField(label=ADDRESS, widget=of_allauth.widget, required=of_allauth.required)
    _set_label(fields, name, ADDRESS)


def _set_label(fields: dict[str, Any], name: str, label: Any) -> None:
    """The label says it all: no grey text within the field repeats it."""
    fields[name].label = label
    fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _clean_before_checking(self.fields, "login")
        _set_label(self.fields, "password", _("Password"))
        _set_label(self.fields, "remember", _("Remember me on this computer"))


class SignupForm(forms.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _clean_before_checking(self.fields, "email")
        _set_label(self.fields, "password1", _("Password"))
        _set_label(self.fields, "password2", _("The same password again"))

    def try_save(self, request: HttpRequest) -> Any:
        """As slow for an address that has registered as for one that has not: a password is hashed either way."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AddEmailForm(forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _clean_before_checking(self.fields, "email")


class ResetPasswordForm(forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _clean_before_checking(self.fields, "email")
