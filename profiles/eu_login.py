"""Signing in with EU Login, an OpenID Connect provider named by the settings (django-allauth's socialaccount).

An account here is connected by who is signed in and has confirmed who they are, never by an address that the provider
names. Rule: docs/accounts.md, EU Login.
"""

import time
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cxc.access.confirmed_identity import address_to_confirm, detour

# Seconds by which the provider's clock may be ahead.
CLOCKS_DIFFER = 60


class EuLoginAdapter(DefaultSocialAccountAdapter):
    """Nobody registers by EU Login, and only who is connected signs in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody comes back from the provider: to confirm who they are, to connect, or to sign in."""
        process = sociallogin.state.get("process")
        if process == AuthProcess.REDIRECT:
            _confirm(request, sociallogin)
        elif process == AuthProcess.CONNECT and not did_recently_reauthenticate(request):
            # The library would keep the identity and connect it once the person confirms anything else, hours later.
            raise ImmediateHttpResponse(detour(reverse("socialaccount_connections")))
        elif process != AuthProcess.CONNECT and not sociallogin.is_existing:
            text = _("No account is connected with this EU Login. Sign in with your password, then connect it.")
            messages.error(request, text)
            raise ImmediateHttpResponse(redirect("account_login"))


def is_offered() -> bool:
    """Whether the settings name a provider."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])


def is_connected(user: Any) -> bool:
    return SocialAccount.objects.filter(user=user).exists()


def connect_address(request: HttpRequest) -> str:
    """Where somebody who is signed in begins to connect it: they confirm who they are first, unless they just have."""
    connect = address(AuthProcess.CONNECT)
    if did_recently_reauthenticate(request):
        return connect
    return address_to_confirm(connect)


def address(process: str, next_address: str = "") -> str:
    """Where somebody is sent to the provider; to confirm who one is, it asks even those who are signed in there."""
    query = {"process": process} | ({"next": next_address} if next_address else {})
    if process == AuthProcess.REDIRECT:
        query["auth_params"] = urlencode({"max_age": 0})
    path = reverse("openid_connect_login", args=[settings.EU_LOGIN_ID])
    return f"{path}?{urlencode(query)}"


def _confirm(request: HttpRequest, sociallogin: Any) -> None:
    """Record that the person has confirmed who they are, if the provider has asked just them, and just now."""
    asked_at = _asked_at(sociallogin)
    is_own = sociallogin.is_existing and sociallogin.user == request.user
    if not is_own or asked_at is None or not _is_just_now(asked_at):
        messages.error(request, _("EU Login did not confirm that it is you. Try again, or confirm in another way."))
        raise ImmediateHttpResponse(redirect("account_reauthenticate"))
    record_authentication(
        request,
        sociallogin.user,
        "socialaccount",
        provider=sociallogin.account.provider,
        uid=sociallogin.account.uid,
        auth_time=asked_at,
        reauthenticated=True,
    )


def _asked_at(sociallogin: Any) -> int | None:
    """When the provider last asked the person who they are (`auth_time`), in seconds of real time; None if untold."""
    value = sociallogin.account.extra_data.get("id_token", {}).get("auth_time")
    return value if isinstance(value, int) else None


def _is_just_now(asked_at: int) -> bool:
    age = time.time() - asked_at  # clock: real time, as sign-in
    return -CLOCKS_DIFFER <= age <= settings.IDENTITY_CONFIRMED_SECONDS
