"""Whether a person has confirmed who they are, just now and on real time: asked of what an open browser must not do.

Signing in confirms it too, except with EU Login. `allauth` keeps the record in the session.
Rule: docs/accounts.md, Confirming who one is.
"""

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cxc.access.guards import PortalRequest

View = Callable[..., HttpResponseBase]
KEPT_REQUEST = "kept-request"
# Characters of a form that are kept while its sender confirms who they are.
MAX_CHARACTERS = 300_000
_SAFE = ("GET", "HEAD", "OPTIONS")


class Confirmation(NamedTuple):
    """How a person has confirmed who they are, and when (seconds of real time).

    method  "password", "totp", "recovery_codes", "webauthn", or "provider": who signs people in for the portal
    """

    method: str
    at: float


class ConfirmedRequest(PortalRequest):
    """A request whose view is guarded by `confirmed_identity`; None where the page is only shown."""

    confirmation: Confirmation | None


def confirmation_of(request: HttpRequest) -> Confirmation | None:
    """The newest confirmation of the person who is signed in; None where it is too old."""
    if not request.user.is_authenticated:
        return None
    found = [one for record in get_authentication_records(request, request.user) if (one := _read(record))]
    newest = max(found, key=lambda one: one.at, default=None)
    if newest is None or time.time() - newest.at > settings.IDENTITY_CONFIRMED_SECONDS:  # clock: real time, as sign-in
        return None
    return newest


def _read(record: dict[str, Any]) -> Confirmation | None:
    """One of allauth's records. A provider counts from the time at which it says it asked the person."""
    if record["method"] == "socialaccount":
        asked_at = record.get("auth_time")
        return Confirmation("provider", float(asked_at)) if asked_at else None
    return Confirmation(str(record.get("type", record["method"])), float(record["at"]))


def confirmed_identity(view: View) -> View:
    """Who sends the form confirms who they are, unless they just have; what they typed is kept meanwhile.

    Goes beneath `signed_in`. The view finds `request.confirmation`.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.confirmation = confirmation_of(request)
        if request.method in _SAFE or request.confirmation is not None:
            if request.method not in _SAFE:
                forget_kept_request(request)
            return view(request, *args, **kwargs)
        if "HX-Request" in request.headers or not request.accepts("text/html"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        _keep(request)
        return detour(reverse("confirmed"))

    return guarded


def identity_first(view: View) -> View:
    """The same before the page is shown: for forms with files, which nothing can keep."""
    asked_on_post = confirmed_identity(view)

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and confirmation_of(request) is None:
            return detour(request.get_full_path())
        return asked_on_post(request, *args, **kwargs)

    return guarded


def address_to_confirm(next_address: str) -> str:
    """Of the page that asks who one is, and leads on from there."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': next_address})}"


def detour(next_address: str) -> HttpResponse:
    """To the page that asks who one is, and on from there. `is_detour`: no form was taken."""
    response = redirect(address_to_confirm(next_address))
    response.is_detour = True  # type: ignore[attr-defined]
    return response


def _keep(request: Any) -> None:
    fields = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    is_too_long = sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS
    request.session[KEPT_REQUEST] = {
        "path": request.get_full_path(),
        "fields": [] if is_too_long else fields,
        "is_lost": is_too_long or bool(request.FILES),
        "user": request.user.pk,
    }


def kept_request(request: Any) -> dict[str, Any] | None:
    """The form that waits for the person who is signed in."""
    found: dict[str, Any] | None = request.session.get(KEPT_REQUEST)
    return found if found and found["user"] == request.user.pk else None


def forget_kept_request(request: Any) -> None:
    request.session.pop(KEPT_REQUEST, None)
