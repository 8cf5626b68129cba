"""What sign-in does the portal's way (django-allauth). Its mails go out at once, on real time."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cxc.comms import delivery
from cxc.comms.headers import AUTOMATIC
from cxc.core.links import absolute
from profiles import eu_login, sign_in_limits
from profiles.models import User
from profiles.queries.principals import available_principals

_WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code from the authenticator app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey or a security key"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Who belongs nowhere yet comes to the page where that begins."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right. Please try again."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords: refused, with the minutes until the next try."""
        email = str(credentials.get("email", ""))
        self._login_failed_rl_usage = sign_in_limits.consume(request, email)
        if self._login_failed_rl_usage is None:
            minutes = sign_in_limits.minutes_to_wait(request, email)
            raise ValidationError(_too_many(minutes), code="too_many_login_attempts")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        sign_in_limits.reset(request, str(credentials.get("email", "")))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways in which a person confirms that it is them, in the portal's words."""
        ways = [
            way | {"description": _WAYS.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]
        if eu_login.is_offered() and eu_login.is_connected(user):
            leads_to = self.request.GET.get("next") or self.request.POST.get("next") or ""
            url = eu_login.address("redirect", leads_to if self.is_safe_url(leads_to) else "")
            ways.append({"id": "eu_login", "description": _("With EU Login"), "url": url})
        return ways

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = request.user
        if isinstance(user, User) and not available_principals(user):
            return reverse("welcome")
        return super().get_login_redirect_url(request)

    def is_safe_url(self, url: str | None) -> bool:
        """As allauth's; an address that can't be read leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """At once, since somebody waits for it; a mail server that is away keeps nobody from going on."""
        delivery.deliver_at_once(self.render_mail(template_prefix, email, {"email": email} | context))

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The mail, with links to the portal's own address whatever host the request named."""
        ours = {name: _on_our_site(value) if name.endswith("_url") else value for name, value in context.items()}
        ours["help_url"] = absolute(reverse("help"))
        ours["current_site"] = {"domain": urlsplit(absolute("/")).netloc, "name": "ClusterXchange"}
        return super().render_mail(template_prefix, email, ours, AUTOMATIC | (headers or {}))


def _too_many(minutes: int) -> str:
    return ngettext(
        "Too many attempts with a wrong password. Try again in %(count)s minute, or ask for a new password.",
        "Too many attempts with a wrong password. Try again in %(count)s minutes, or ask for a new password.",
        minutes,
    ) % {"count": minutes}


def _on_our_site(url: str) -> str:
    """The same path and query at the address of the settings."""
    return absolute(urlsplit(url)._replace(scheme="", netloc="").geturl())
