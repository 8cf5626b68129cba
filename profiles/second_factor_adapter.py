"""Second factors the portal's way (django-allauth's mfa): secrets encrypted at rest, the portal's words."""

import base64
import hashlib
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

NAME = "ClusterXchange"


class SecondFactorAdapter(DefaultMFAAdapter):
    """The key that encrypts is made of the secret keys of the settings, former ones included."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Confirm the address first: the account has a second factor."),
        "incorrect_code": _("This is not right, or was used already. Please try again."),
        "unverified_email": _("Confirm your e-mail addresses, or remove those that are not confirmed, first."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; nothing, to which no code fits, where the key it was encrypted with is gone."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page, without the prolog of a file."""
        code = QRCode(border=2)
        code.add_data(url)
        return code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": NAME}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": count}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa {key}".encode()).digest())) for key in keys]
    )
