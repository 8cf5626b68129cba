"""Middleware that knows the person: for whom they act, and in which language they read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from cxc.access.scoped import NOBODY, Actor
from cxc.core import moments
from profiles.models import User
from profiles.queries.principals import SESSION_KEY, actor_of


class ActorMiddleware:
    """Gives every request its `actor`, worked out when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of_request(request))  # type: ignore[attr-defined]
        with moments.read_by(lambda: str(request.actor.zone)):  # type: ignore[attr-defined]
            return self.get_response(request)


def _actor_of_request(request: HttpRequest) -> Actor:
    if not isinstance(request.user, User):
        return NOBODY
    return actor_of(request.user, request.session.get(SESSION_KEY, ""))


class LanguageMiddleware(LocaleMiddleware):
    """Speaks the signed-in person's own language; to others the one of the cookie, then of the browser.

    Comes after the person is known. The Django admin and its few words of others follow as well.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.user.language if isinstance(request.user, User) else ""
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)
