"""The language of a person's screens: their choice, else what the browser asks for."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from profiles.models import User


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
