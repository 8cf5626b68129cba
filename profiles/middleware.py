"""Middleware that knows the person: for whom they act, and in which language they read."""

import time
from collections.abc import Callable
from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cxc.access.guards import SIGNED_IN
from cxc.access.scoped import NOBODY, Actor
from cxc.core import languages, moments
from profiles.models import User
from profiles.queries.principals import SESSION_KEY, actor_of
from profiles.queries.second_factors import lacks_second_factor
from profiles.services.sign_ins import SEEN, STARTED


class ActorMiddleware:
    """Gives every request its `actor`, worked out when first asked for; pages of the signed-in get it worked out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of_request(request))  # type: ignore[attr-defined]
        with moments.read_by(lambda: str(request.actor.zone)):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_arguments: object) -> None:
        """The actor itself instead of a proxy: a page asks it hundreds of things, each far dearer by the proxy."""
        if getattr(view, "access_rule", "") == SIGNED_IN:
            request.actor = request.actor.without_proxy  # type: ignore[attr-defined]


def _actor_of_request(request: HttpRequest) -> Actor:
    if not isinstance(request.user, User):
        return NOBODY
    return actor_of(request.user, request.session.get(SESSION_KEY, ""))


class LanguageMiddleware(LocaleMiddleware):
    """Speaks the signed-in person's own language; to others the one of the cookie, then of the browser.

    Comes after the person is known. The Django admin and its few words of others follow as well.
    """

    def process_request(self, request: HttpRequest) -> None:
        of_person = request.user.language if isinstance(request.user, User) else ""
        chosen = (of_person, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        known = dict(settings.LANGUAGES)
        code = next((code for code in chosen if code in known), None)
        translation.activate(code or languages.from_accept_language(request.headers.get("Accept-Language", "")))
        request.LANGUAGE_CODE = translation.get_language()


class SessionEndMiddleware:
    """Ends a session that nobody used for long, or that began long ago; notes once a minute that it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            moment = time.time()  # clock: real time, as sign-in
            if _is_over(request, moment):
                logout(request)
                messages.info(request, _("You were signed out because you had been signed in for long."))
            elif moment - request.session.get(SEEN, 0) > SECONDS_BETWEEN_NOTES:
                _note_use(request, moment)
        return self.get_response(request)


SECONDS_BETWEEN_NOTES = 60


def _is_over(request: HttpRequest, moment: float) -> bool:
    session = request.session
    ends = settings.SESSION_ENDS if session.get_expire_at_browser_close() else settings.SESSION_ENDS_REMEMBERED
    started, seen = session.get(STARTED, moment), session.get(SEEN, moment)
    return bool(moment - seen > ends["idle"] or moment - started > ends["absolute"])


def _note_use(request: HttpRequest, moment: float) -> None:
    request.session.setdefault(STARTED, moment)
    request.session[SEEN] = moment
    now = timezone.now()  # clock: real time, as sign-in
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


class SecondFactorMiddleware:
    """Who needs a second factor and has none sees nothing but the pages on which one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_REQUIRED or _is_open(request.path):
            return self.get_response(request)
        if not isinstance(request.user, User) or not lacks_second_factor(request.user):
            return self.get_response(request)
        if "HX-Request" in request.headers or not request.accepts("text/html"):
            return HttpResponse(status=HTTPStatus.FORBIDDEN)
        return redirect("mfa_index")


def _is_open(path: str) -> bool:
    """Setting one up, signing out, choosing a language, asking for help, and what monitoring asks for."""
    return path in ("/language/", "/help/") or path.startswith(("/account/", "/health/"))
