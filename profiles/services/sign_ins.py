"""Sessions and sign-ins of a person: recorded, ended, forgotten. All on real time, as sign-in is."""

import ipaddress
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cxc.core.sanitise import storable
from profiles.models import SignIn, User

# Keys of the session: seconds of real time.
STARTED, SEEN = "session-started", "session-seen"


def shortened(address: str | None) -> str | None:
    """The network of an address (24 bits of four bytes, 48 of sixteen): where about, not whose line."""
    if not address:
        return None
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False).network_address)


def record(request: HttpRequest, user: User) -> None:
    """Somebody has signed in: the session begins, and the person can read of it."""
    moment = timezone.now()  # clock: real time, as sign-in
    request.session[STARTED] = request.session[SEEN] = moment.timestamp()
    SignIn.objects.create(
        user=user,
        at=moment,
        network=shortened(get_adapter(request).get_client_ip(request)),
        browser=storable(request.META.get("HTTP_USER_AGENT", ""))[:200],
        method=_method(request, user),
    )


def _method(request: HttpRequest, user: User) -> str:
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    methods = [record["method"] for record in records]
    if "socialaccount" in methods:
        return SignIn.Method.PROVIDER
    if "mfa" in methods:
        return SignIn.Method.SECOND_FACTOR if "password" in methods else SignIn.Method.PASSKEY
    return SignIn.Method.PASSWORD


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """All sessions of the person but that of the request."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


def end_all_sessions(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def forget(user: User) -> None:
    """Nothing stays of when and from where somebody signed in."""
    end_all_sessions(user)
    SignIn.objects.filter(user=user).delete()


def erase_old() -> int:
    """Sign-ins are kept for so many days; how many were erased."""
    until = timezone.now() - timedelta(days=settings.SIGN_IN_LOG_DAYS)  # clock: real time, as sign-in
    return SignIn.objects.filter(at__lt=until).delete()[0]
