"""The forms of second factors in the portal's words (django-allauth has the rest)."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as key_forms
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.utils.translation import gettext_lazy as _

from cxc.core.sanitise import one_line

CODE = _("Code from the authenticator app")


def _code_field(form: Any, label: Any, *, digits_only: bool) -> None:
    field = form.fields["code"]
    field.label, field.max_length = label, 40
    attributes = {"autocomplete": "one-time-code", "autofocus": True, "maxlength": 40}
    field.widget = forms.TextInput(attributes | ({"inputmode": "numeric"} if digits_only else {}))


class CodeForm(code_forms.AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from the authenticator app, or a recovery code"), digits_only=False)


class CodeAgainForm(code_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from the authenticator app, or a recovery code"), digits_only=False)


class ActivateAppForm(app_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, CODE, digits_only=True)


class _KeyAnswer:
    """What a browser answers about a key is looked at before a library takes it apart."""

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]  # type: ignore[attr-defined]
        if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return self.checked(credential)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            if isinstance(error, forms.ValidationError):
                raise
            raise get_adapter().validation_error("incorrect_code") from error

    def checked(self, credential: dict[str, Any]) -> Any:
        return super().clean_credential()  # type: ignore[misc]


class AddKeyForm(key_forms.AddWebAuthnForm):
    """A key is taken for signing in without the password only where that was asked for.

    Telephones and laptops make each key fit for it and say so, whatever was ticked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].max_length = _("Name of the key"), 60
        self.fields["name"].widget = forms.TextInput({"maxlength": 60})
        ticked = self.fields["passwordless"]
        ticked.label = _("Passkey: sign in with it alone, without the password")
        ticked.help_text = _("The device then asks for your fingerprint, your face or its PIN.")

    def clean_name(self) -> str:
        return one_line(str(super().clean_name()))[:60]

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (TypeError, KeyError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if credential := cleaned.get("credential"):
            credential["clientExtensionResults"] = {"credProps": {"rk": bool(cleaned.get("passwordless"))}}
        return cleaned


class RenameKeyForm(key_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Name of the key"), max_length=60)


class KeyForm(_KeyAnswer, key_forms.AuthenticateWebAuthnForm):
    """A key as the second step of signing in."""


class KeyAgainForm(_KeyAnswer, key_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(_KeyAnswer, key_forms.LoginWebAuthnForm):
    """Signing in with a key alone: one that was set up for it, and whose device has checked who holds it."""

    def checked(self, credential: dict[str, Any]) -> Authenticator:
        authenticator: Authenticator = super().checked(credential)
        answer = parse_authentication_response(credential).response.authenticator_data
        if not authenticator.wrap().is_passwordless or not answer.is_user_verified():
            raise get_adapter().validation_error("incorrect_code")
        return authenticator
